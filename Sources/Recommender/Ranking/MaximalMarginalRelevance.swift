/// Orders candidates so that each is good and unlike those before it.
///
/// The next one is that with the greatest `λ · relevance − (1 − λ) · (greatest similarity to one taken already)`; of equal ones the better
/// ranked comes first.
///
/// Source: Carbonell & Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing Summaries", SIGIR 1998.
public struct MaximalMarginalRelevance: Sendable {
    /// `1 − λ`: 0 keeps the order, 1 looks at nothing but difference.
    public var diversity: Float

    /// Makes an order; `diversity` is brought into 0 … 1.
    public init(diversity: Float) {
        self.diversity = min(max(diversity, 0), 1)
    }

    /// Takes the best of some candidates.
    ///
    /// - Parameters:
    ///   - count: How many to take at most.
    ///   - relevances: One per candidate, best first, none below 0; brought to at most 1 by the first.
    ///   - similarity: How alike two candidates are, 0 to 1, by their places.
    /// - Returns: Places of candidates, in their new order.
    /// - Complexity: `count × relevances.count` similarities.
    public func order(
        _ count: Int, of relevances: [Float], similarity: (_ left: Int, _ right: Int) -> Float
    ) -> [Int] {
        let count = min(max(0, count), relevances.count)
        guard diversity > 0, count > 1 else { return Array(0..<count) }
        let scale = (relevances.first ?? 0) > 0 ? (1 - diversity) / relevances[0] : 0
        var nearest = Array(repeating: Float(0), count: relevances.count)
        var isTaken = Array(repeating: false, count: relevances.count)
        var order: [Int] = []
        while order.count < count {
            var best = -1
            var greatest = -Float.infinity
            for place in relevances.indices where !isTaken[place] {
                let value = scale * relevances[place] - diversity * nearest[place]
                if value > greatest { (best, greatest) = (place, value) }
            }
            isTaken[best] = true
            order.append(best)
            guard order.count < count else { break }
            for place in relevances.indices where !isTaken[place] {
                nearest[place] = max(nearest[place], similarity(place, best))
            }
        }
        return order
    }
}
