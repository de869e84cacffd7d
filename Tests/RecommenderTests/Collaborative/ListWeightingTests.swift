import TestSupport
import Testing

@testable import Recommender

@Suite("ListWeighting")
struct ListWeightingTests {
    @Test("equal lists count once, balanced ones by the fourth root of their squares, and never less than once")
    func weights() {
        let list = { (count: Int32, weight: Int32) in SparseVector((0..<count).map { ($0, weight) }) }
        #expect(ListWeighting.equal.weight(of: list(7, 6)) == 1)
        #expect(ListWeighting.balanced.weight(of: SparseVector()) == 32)
        #expect(ListWeighting.balanced.weight(of: list(1, 1)) == 32)
        #expect(ListWeighting.balanced.weight(of: list(16, 1)) == 16)
        // 32 ÷ ⁴√180 = 8.74
        #expect(ListWeighting.balanced.weight(of: list(5, 6)) == 9)
        #expect(ListWeighting.balanced.weight(of: list(10_000, 6)) == 1)
        #expect(ListWeighting.balanced.weight(of: list(300_000, 6)) == 1)
    }

    @Test("an entry is the sum of products over all lists, each as often as it counts")
    func values() {
        let lists = RandomLists.lists(40, items: 15, seed: 1)
        let gram = Self.gram(of: lists)
        for row in 0..<15 {
            for column in 0..<15 {
                let expected = lists.reduce(0) {
                    $0 + ListWeighting.balanced.weight(of: $1) * $1[Int32(row)] * $1[Int32(column)]
                }
                #expect(gram[row, column] == expected)
            }
        }
        #expect(gram.support == gram.diagonal.map { Float($0) / 4 })
    }

    @Test("after random edits a balanced matrix equals a rebuild, bit for bit", arguments: 1...4 as ClosedRange<UInt64>)
    func editsEqualRebuild(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var lists = RandomLists.lists(20, items: 25, seed: seed)
        var gram = Self.gram(of: lists)
        for _ in 0..<200 {
            let index = Int.random(in: 0..<lists.count, using: &generator)
            // Shorter and longer lists: the same person counts differently before and after.
            let fresh = RandomLists.list(items: 30, longest: 25, using: &generator)
            gram.replace(lists[index], with: fresh)
            lists[index] = fresh
        }
        let rebuilt = Self.gram(of: lists.reversed())
        #expect(gram == rebuilt)
        #expect(gram.digest == rebuilt.digest)
        for list in lists { gram.subtract(list) }
        #expect(gram == GramMatrix())
    }

    private static func gram(of lists: [SparseVector]) -> GramMatrix {
        var gram = GramMatrix(itemCount: 15, lists: .balanced)
        for list in lists { gram.add(list) }
        return gram
    }
}
