import TestSupport
import Testing

@testable import Recommender

@Suite("ContentNeighbours")
struct ContentNeighboursTests {
    private static func items(_ count: Int, seed: UInt64) -> [ItemDescription] {
        var random = SplitMix64(seed: seed)
        let words = ["iron", "comet", "tea", "garden", "night", "orbit", "school", "dragon"]
        return (0..<count).map { _ in
            let title = (0..<3).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            return ItemDescription(
                titles: [title], type: Bool.random(using: &random) ? "TV" : "OVA",
                year: Bool.random(using: &random) ? Int.random(in: 1990...2020, using: &random) : nil,
                genres: [words.randomElement(using: &random) ?? ""],
                related: Bool.random(using: &random)
                    ? [.init(item: Int32.random(in: 0..<Int32(count), using: &random))] : [],
                terms: (0..<6).map { _ in words.randomElement(using: &random) ?? "" })
        }
    }

    @Test("each item has those that a heap keeps of its likenesses, whatever the number of threads", arguments: [1, 3])
    func lists(threads: Int) {
        let items = Self.items(700, seed: 5)
        let lists = ContentNeighbours(items, DescriptionMatrices(items)).lists(threads: threads)
        let likeness = ContentLikeness(items, DescriptionMatrices(items))
        for item in items.indices {
            let sums = LikenessSums(itemCount: items.count)
            likeness.accumulate(item, into: sums)
            for (lane, count, column) in [
                (0, ContentNeighbours.directCount, lists[item].direct),
                (1, ContentNeighbours.lendingCount, lists[item].lending),
            ] {
                var selection = TopSelection(capacity: count)
                for other in items.indices where sums.values[other][lane] > 0 {
                    selection.offer(Int32(other), score: sums.values[other][lane])
                }
                let kept = zip(selection.items, selection.scores).sorted { $0.0 < $1.0 }
                #expect(column == SparseColumn(items: kept.map(\.0), weights: kept.map(\.1)), "item \(item)")
            }
        }
    }
}
