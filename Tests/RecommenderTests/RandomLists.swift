import TestSupport

@testable import Recommender

/// Seeded lists over a small catalogue, some items far more often than others, as real lists have them.
enum RandomLists {
    static func list(items: Int32, longest: Int, using generator: inout SplitMix64) -> SparseVector {
        let count = Int.random(in: 0...longest, using: &generator)
        return SparseVector(
            (0..<count).map { _ in
                let limit = Int32.random(in: 1...items, using: &generator)
                return (Int32.random(in: 0..<limit, using: &generator), Int32.random(in: 0...6, using: &generator))
            })
    }

    static func lists(_ count: Int, items: Int32, longest: Int = 12, seed: UInt64) -> [SparseVector] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in list(items: items, longest: longest, using: &generator) }
    }

    static func gram(of lists: [SparseVector], items: Int = 0) -> GramMatrix {
        var gram = GramMatrix(itemCount: items)
        for list in lists { gram.add(list) }
        return gram
    }
}
