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
            let wholeBlocks = scores.count / block * block
            for start in stride(from: 0, to: wholeBlocks, by: block) {
                // Items are offered in ascending order, so none of a block that does not exceed the worst kept score can enter.
                guard exceeds(scores, from: start, selection.threshold) else { continue }
                offer(start..<start + block, scores, to: &selection, where: isWanted)
            }
            offer(wholeBlocks..<scores.count, scores, to: &selection, where: isWanted)
        }
        selection.sort()
        return zip(selection.items, selection.scores).map { ($0, $1) }
    }

    /// Scores compared at once.
    private static let block = 32

    /// Without a branch for each score, so that the compiler compares several at once.
    @inline(__always)
    private static func exceeds(_ scores: UnsafeBufferPointer<Float>, from start: Int, _ threshold: Float) -> Bool {
        let some = UnsafeBufferPointer(rebasing: scores[start..<start + block])
        var found: UInt32 = 0
        for score in some { found |= score > threshold ? 1 : 0 }
        return found != 0
    }

    @inline(__always)
    private static func offer(
        _ range: Range<Int>, _ scores: UnsafeBufferPointer<Float>, to selection: inout TopSelection,
        where isWanted: (Int32) -> Bool
    ) {
        for item in range where scores[item] > 0 {
            let candidate = Int32(truncatingIfNeeded: item)
            guard selection.wouldKeep(candidate, score: scores[item]), isWanted(candidate) else { continue }
            selection.offer(candidate, score: scores[item])
        }
    }

    /// The greatest of some scores, 0 when there is none above.
    public static func greatest(of scores: [Float]) -> Float {
        // Of floats above 0 the greater has the greater bits, and of integers the compiler compares several at once.
        var greatest: Int32 = 0
        scores.withUnsafeBufferPointer { scores in
            for score in scores {
                let bits = Int32(bitPattern: score.bitPattern)
                greatest = bits > greatest ? bits : greatest
            }
        }
        return Float(bitPattern: UInt32(bitPattern: greatest))
    }
}
