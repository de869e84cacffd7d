import TestSupport
import Testing

@testable import Recommender

@Suite("GramMatrix")
struct GramMatrixTests {
    @Test("an entry is the sum of products over all lists")
    func values() {
        let lists = RandomLists.lists(40, items: 15, seed: 1)
        let gram = RandomLists.gram(of: lists, items: 15)
        for row in 0..<15 {
            for column in 0..<15 {
                let expected = lists.reduce(0) { $0 + $1[Int32(row)] * $1[Int32(column)] }
                #expect(gram[row, column] == expected)
            }
            #expect(gram.row(row) == (0..<15).map { gram[row, $0] })
        }
        #expect(gram.diagonal == (0..<15).map { gram[$0, $0] })
    }

    @Test("after hundreds of random edits it equals a rebuild, bit for bit", arguments: 1...6 as ClosedRange<UInt64>)
    func editsEqualRebuild(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var lists = RandomLists.lists(20, items: 25, seed: seed)
        var gram = RandomLists.gram(of: lists)
        for _ in 0..<200 {
            let fresh = RandomLists.list(items: 30, longest: 15, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                lists.append(fresh)
                gram.add(fresh)
            case 1 where !lists.isEmpty:
                gram.subtract(lists.remove(at: Int.random(in: 0..<lists.count, using: &generator)))
            case _ where !lists.isEmpty:
                let index = Int.random(in: 0..<lists.count, using: &generator)
                gram.replace(lists[index], with: fresh)
                lists[index] = fresh
            default: break
            }
        }
        let rebuilt = RandomLists.gram(of: lists.reversed())
        #expect(gram == rebuilt)
        #expect(gram.digest == rebuilt.digest)
        for row in 0..<rebuilt.itemCount { #expect(gram.encodedRow(row) == rebuilt.encodedRow(row)) }
    }

    @Test("taking every list away leaves what an empty matrix is equal to")
    func emptied() {
        let lists = RandomLists.lists(10, items: 9, seed: 3)
        var gram = RandomLists.gram(of: lists)
        for list in lists { gram.subtract(list) }
        #expect(gram == GramMatrix())
        #expect(gram.digest == GramMatrix().digest)
    }

    @Test("one different value changes equality and digest")
    func difference() {
        let gram = RandomLists.gram(of: RandomLists.lists(10, items: 9, seed: 4))
        var other = gram
        other.add(1, at: 2, 7)
        #expect(other != gram)
        #expect(other.digest != gram.digest)
        #expect(other[7, 2] == gram[2, 7] + 1)
    }

    @Test("a copy keeps its values when the original changes")
    func snapshot() {
        let lists = RandomLists.lists(12, items: 9, seed: 5)
        var gram = RandomLists.gram(of: Array(lists.prefix(6)))
        let snapshot = gram
        for list in lists.dropFirst(6) { gram.add(list) }
        #expect(snapshot == RandomLists.gram(of: Array(lists.prefix(6))))
        #expect(gram == RandomLists.gram(of: lists))
    }

    @Test("the digest with identifiers does not depend on how items are numbered")
    func numbering() {
        let lists = RandomLists.lists(15, items: 10, seed: 6)
        let renumbered = lists.map { list in SparseVector(zip(list.items, list.weights).map { (9 - $0, $1) }) }
        let left = RandomLists.gram(of: lists, items: 10)
        let right = RandomLists.gram(of: renumbered, items: 10)
        #expect(left.digest { UInt64($0) } == right.digest { UInt64(9 - $0) })
        #expect(left.digest { UInt64($0) } != right.digest { UInt64($0) })
    }

    @Test("only rows of items on a changed list are to be persisted")
    func changedRows() {
        var gram = RandomLists.gram(of: RandomLists.lists(10, items: 9, seed: 7), items: 9)
        gram.clearChangedRows()
        #expect(gram.changedRows.isEmpty)
        gram.add([2: 1, 6: 3])
        #expect(gram.changedRows == [2, 6])
        gram.replace([2: 1], with: [2: 1])
        #expect(gram.changedRows == [2, 6])
    }

    @Test("rows survive their bytes")
    func codec() throws {
        let gram = RandomLists.gram(of: RandomLists.lists(30, items: 40, seed: 8), items: 44)
        var decoded = GramMatrix()
        for row in 0..<gram.itemCount { try decoded.decodeRow(row, from: gram.encodedRow(row)) }
        #expect(decoded == gram)
        #expect(decoded.itemCount == gram.itemCount)
        #expect(decoded.changedRows.isEmpty)
    }

    @Test("damaged bytes are refused and leave the matrix as it was")
    func damage() throws {
        var gram = RandomLists.gram(of: RandomLists.lists(30, items: 12, seed: 9), items: 12)
        let before = gram
        let bytes = gram.encodedRow(10)
        #expect(throws: RecommenderError.self) { try gram.decodeRow(10, from: Array(bytes.dropLast())) }
        #expect(throws: RecommenderError.self) { try gram.decodeRow(3, from: bytes) }
        #expect(throws: RecommenderError.self) { try gram.decodeRow(10, from: [9] + bytes.dropFirst()) }
        #expect(throws: RecommenderError.self) { try gram.decodeRow(Int.max, from: bytes) }
        #expect(throws: RecommenderError.self) { try gram.decodeRow(10, from: [1] + Array(repeating: 0xFF, count: 30)) }
        #expect(gram == before)
    }
}
