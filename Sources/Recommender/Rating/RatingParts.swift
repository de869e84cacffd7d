/// The parts that predictions are blended of.
struct RatingParts: Sendable {
    let scale: ClosedRange<Float>
    let settings: RatingSettings
    let effects: ItemEffects
    let correlations: ItemCorrelations
    let factors: LatentFactors?

    /// From sums over people alone: no latent factors.
    init(_ statistics: RatingStatistics, threads: Int) {
        scale = statistics.scale
        settings = statistics.settings
        effects = ItemEffects(statistics)
        correlations = ItemCorrelations(statistics, threads: threads)
        factors = nil
    }

    /// From everybody's lists.
    init(_ lists: [RatedList], itemCount: Int, scale: ClosedRange<Float>, settings: RatingSettings, threads: Int) {
        var statistics = RatingStatistics(itemCount: itemCount, scale: scale, settings: settings)
        for list in lists { statistics.add(list) }
        let effects = ItemEffects(lists, statistics: statistics)
        self.scale = scale
        self.settings = settings
        self.effects = effects
        correlations = ItemCorrelations(statistics, threads: threads)
        guard settings.factors > 0 else {
            factors = nil
            return
        }
        let values = lists.map { NormalisedList($0, scale: scale, settings: settings).values }
        factors = LatentFactors(lists, values: values, effects: effects, settings: settings, threads: threads)
    }

    /// Prepares a list.
    func evidence(of list: RatedList) -> RatingEvidence { RatingEvidence(self, list) }
}
