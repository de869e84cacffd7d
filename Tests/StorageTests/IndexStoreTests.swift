import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct IndexStoreTests {
    private func publish(
        _ store: IndexStore, after previous: IndexVersion?, _ parts: [String: [[UInt8]]]
    ) async throws -> IndexVersion {
        try await store.publish(
            after: previous, change: 1, built: "update", items: 1, users: 1, topicsChanges: 0, parts: parts)
    }

    @Test("what was published is read back, in order")
    func roundTrip() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.index
            let chunks: [[UInt8]] = [[1, 2, 3], [], [1, 2, 3], Array(repeating: 7, count: 3_000_000)]
            let version = try await publish(store, after: nil, ["gram": chunks])
            let newest = try #require(try await store.newest())
            #expect(newest.number == version.number)
            #expect(try await store.read("gram", of: newest) == chunks)
        }
    }

    @Test("of two indexers that publish after the same version, one is told so")
    func overtaken() async throws {
        try await TemporaryDatabase.with { temporary in
            let store = temporary.database.index
            let first = try await publish(store, after: nil, ["a": [[1]]])
            _ = try await publish(store, after: first, ["a": [[2]]])
            await #expect(throws: IndexStoreError.self) { _ = try await publish(store, after: first, ["a": [[3]]]) }
            #expect(try await store.newest()?.number == 2)
        }
    }

    @Test("old versions go, with the chunks that nobody needs any more")
    func pruning() async throws {
        try await TemporaryDatabase.with { temporary in
            var store = temporary.database.index
            store.grace = 0
            var previous: IndexVersion?
            var versions: [IndexVersion] = []
            for number in 1...6 {
                let version = try await publish(store, after: previous, ["a": [[0], [UInt8(number)]]])
                versions.append(version)
                previous = version
            }
            #expect(try await store.read("a", of: versions[5]) == [[0], [6]])
            #expect(try await store.read("a", of: versions[3]) == [[0], [4]])
            await #expect(throws: IndexStoreError.self) { _ = try await store.read("a", of: versions[0]) }
        }
    }
}
