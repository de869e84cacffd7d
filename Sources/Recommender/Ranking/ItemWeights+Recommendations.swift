extension ItemWeights {
    /// Every item's score for a list, with a second step and the lean that is due to the list's length.
    ///
    /// - Parameters:
    ///   - list: What the person rated.
    ///   - excluded: Items that must not speak for others although the person did not rate them, such as disliked ones.
    ///   - expansion: How far to look beyond the list.
    ///   - lean: How much the length of the list makes what many like better or worse.
    public func scored(
        _ list: SparseVector, excluding excluded: some Sequence<Int32> = EmptyCollection(),
        expansion: Expansion = Expansion(), lean: PopularityLean = PopularityLean()
    ) -> ScoredList {
        var scores: [Float] = []
        let seeds = accumulateScores(for: list, excluding: excluded, expansion: expansion, into: &scores)
        lean.apply(to: &scores, of: self, length: list.count)
        return ScoredList(list, scores: scores, seeds: seeds, strength: expansion.strength, model: self)
    }

    /// The best items for a list, with reasons that are the true summands of their scores.
    ///
    /// - Parameters:
    ///   - list: What the person rated; those items are not recommended.
    ///   - count: How many items at most; fewer when nothing more has a score above 0.
    ///   - excluded: More items to leave out, such as those that are on the list without a score.
    ///   - reasons: How many contributions to name per item.
    ///   - expansion: How far to look beyond the list.
    ///   - lean: How much the length of the list makes what many like better or worse.
    ///   - isWanted: A filter; refused items are replaced by the next best, and change no score.
    public func recommendations(
        for list: SparseVector, count: Int, excluding excluded: some Sequence<Int32> = EmptyCollection(),
        reasons: Int = 3,
        expansion: Expansion = Expansion(), lean: PopularityLean = PopularityLean(),
        where isWanted: (Int32) -> Bool = { _ in true }
    ) -> [Recommendation] {
        let unwanted = list.items + excluded
        let scored = scored(list, excluding: unwanted, expansion: expansion, lean: lean)
        return Ranking.top(count, of: scored.scores, excluding: unwanted, where: isWanted).map {
            Recommendation(
                item: $0.item, score: $0.score, contributions: scored.contributions(to: $0.item, count: reasons))
        }
    }

    /// Scores with a second step; returns the items that speak for others.
    private func accumulateScores(
        for list: SparseVector, excluding excluded: some Sequence<Int32>, expansion: Expansion,
        into scores: inout [Float]
    ) -> [Int32] {
        accumulateScores(for: list, into: &scores)
        guard expansion.count > 0, expansion.strength > 0 else { return [] }
        let seeds = Ranking.top(expansion.count, of: scores, excluding: list.items + excluded)
        scores.withUnsafeMutableBufferPointer { scores in
            for seed in seeds { rows.add(line: Int(seed.item), times: expansion.strength * seed.score, to: scores) }
        }
        return seeds.map(\.item)
    }
}
