/// The choice of the best items from their scores.
public enum Ranking {
    /// The items with the greatest scores above 0, best first; of equal scores the lower item index comes first.
    ///
    /// - Parameters:
    ///   - scores: One score per item.
    ///   - count: How many items at most.
    ///   - excluded: Items to leave out, such as those on the list.
    ///   - isWanted: Asked only for items that would enter the list, so it may be slow; a refused item is replaced by the next best.
    public static func top(
        _ count: Int, of scores: [Float], excluding excluded: some Sequence<Int32> = EmptyCollection(),
        where isWanted: (Int32) -> Bool = { _ in true }
    ) -> [(item: Int32, score: Float)] {
        var scores = scores
        for item in excluded where item >= 0 && item < scores.count { scores[Int(item)] = 0 }
        var selection = TopSelection(capacity: min(count, scores.count))
        scores.withUnsafeBufferPointer { scores in
            for item in 0..<scores.count where scores[item] > 0 {
                let candidate = Int32(truncatingIfNeeded: item)
                guard selection.wouldKeep(candidate, score: scores[item]), isWanted(candidate) else { continue }
                selection.offer(candidate, score: scores[item])
            }
        }
        selection.sort()
        return zip(selection.items, selection.scores).map { ($0, $1) }
    }
}
