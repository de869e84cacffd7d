/// Every item's score for one list, and what each score is made of.
public struct ScoredList: Sendable {
    /// What the person rated.
    public let list: SparseVector
    /// One score per item, also for those on the list; 0 where nothing speaks for an item.
    public let scores: [Float]
    private let model: ItemWeights
    private let strength: Float
    private let seeds: [Int32]
    /// `W` from each item of the list to each seed, list item after list item.
    private let links: [Float]

    init(_ list: SparseVector, scores: [Float], seeds: [Int32], strength: Float, model: ItemWeights) {
        self.list = list
        self.scores = scores
        self.model = model
        self.strength = strength
        self.seeds = seeds
        links = list.items.flatMap { item in seeds.map { model[item, $0] } }
    }

    /// The items of the list that speak most for an item, greatest share first; all of them together would make 1.
    public func contributions(to item: Int32, count: Int) -> [Recommendation.Contribution] {
        guard count > 0 else { return [] }
        let onwards = seeds.map { strength * model[$0, item] }
        var parts: [(item: Int32, part: Float)] = []
        for (position, owned) in list.items.enumerated() {
            var weight = model[owned, item]
            for (seed, onward) in onwards.enumerated() { weight += links[position * seeds.count + seed] * onward }
            let part = Float(list.weights[position]) * weight
            if part > 0 { parts.append((owned, part)) }
        }
        let total = parts.reduce(0) { $0 + $1.part }
        parts.sort { $0.part > $1.part || ($0.part == $1.part && $0.item < $1.item) }
        return parts.prefix(count).map { Recommendation.Contribution(item: $0.item, share: $0.part / total) }
    }
}
