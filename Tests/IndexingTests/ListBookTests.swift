import Storage
import TestSupport
import Testing

@testable import Indexing
@testable import Recommender

@Suite("ListBook")
struct ListBookTests {
    private static func list(_ random: inout SplitMix64) -> EntryList {
        var entry: Int32 = 0
        return (0..<Int.random(in: 1...6, using: &random)).map { _ in
            entry += Int32.random(in: 0...300, using: &random)
            return ListedEntry(
                entry: entry, score: UInt8.random(in: 0...10, using: &random),
                status: PreferenceWeights.Status.allCases.randomElement(using: &random))
        }
    }

    private static func built(_ lists: [String: EntryList]) throws -> ListBook {
        var book = ListBook()
        for (user, list) in lists.sorted(by: { ListBook.precedes($0.key, $1.key) }) { try book.append(list, of: user) }
        return book
    }

    @Test("the same people give the same leaves, whatever happened before, also when most are stored")
    func historyIndependent() throws {
        var random = SplitMix64(seed: 5)
        var book = ListBook()
        var lists: [String: EntryList] = [:]
        var stored: [String: ListLeaf] = [:]
        for step in 0..<4_000 {
            let user = "demo:\(Int.random(in: 0..<1_500, using: &random))é"
            let new = Int.random(in: 0..<3, using: &random) == 0 ? nil : Self.list(&random)
            let missing = book.missing(for: [user])
            book.install(stored.filter { missing.contains($0.key) })
            #expect(try book.set(new, of: user) == lists[user])
            lists[user] = new
            #expect(try book.list(of: user) == new)
            guard step % 250 == 249 else { continue }
            let expected = try Self.built(lists)
            #expect(book.chunks.map(\.hash) == expected.chunks.map(\.hash))
            #expect(book.leaves.map(\.first) == expected.leaves.map(\.first))
            #expect(book.userCount == lists.count)
            // All are stored and let go.
            for (place, chunk) in zip(book.leaves.indices, book.chunks) {
                if case .bytes(let bytes) = chunk { stored[chunk.hash] = ListLeaf(bytes: bytes) }
                book.stored([place], as: [chunk.hash])
            }
            book.letGo()
            #expect(book.loadedBytes == 0)
        }
        #expect(book.leaves.count > 3)
    }

    @Test("people between two keys are found in their order")
    func range() throws {
        var random = SplitMix64(seed: 6)
        let lists = Dictionary(uniqueKeysWithValues: (0..<700).map { ("demo:\($0)", Self.list(&random)) })
        let book = try Self.built(lists)
        let keys = lists.keys.sorted(by: ListBook.precedes)
        #expect(try book.users(after: nil, through: nil) == keys)
        #expect(try book.users(after: keys[99], through: keys[400]) == Array(keys[100...400]))
        #expect(try book.users(after: "demo:zzz", through: nil) == [])
        #expect(try book.users(after: nil, through: "a") == [])
        #expect(try ListBook().users(after: nil, through: nil) == [])
    }

    @Test("damaged leaves are refused")
    func damaged() throws {
        var leaf = ListLeaf()
        leaf.append([ListedEntry(entry: 5, score: 7, status: .completed)], of: "demo:a")
        for length in 1..<leaf.bytes.count {
            #expect(throws: IndexError.self) {
                try ListLeaf(bytes: Array(leaf.bytes.prefix(length))).forEach { _, _ in }
            }
        }
        #expect(throws: IndexError.self) { try ListLeaf(bytes: [1, 65, 6, 255, 255, 255, 255, 255, 3]).list(of: "A") }
    }
}
