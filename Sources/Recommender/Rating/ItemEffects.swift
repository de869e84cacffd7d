/// How much better or worse than others each item is rated, in units of the raters' spread.
struct ItemEffects: Sendable {
    /// One effect an item.
    let values: [Double]
    /// The level of people of whom nothing is known.
    let level: Double

    /// Values are multiples of this, so that sums of them are exact and the order of people makes no difference.
    private static let step = 1.0 / 256

    /// From the sums alone: every rating against its rater's plain mean.
    init(_ statistics: RatingStatistics) {
        level = statistics.level
        let support = statistics.settings.effectSupport
        values = statistics.sums.enumerated().map { item, sum in
            Double(sum) / NormalisedList.unit / (Double(statistics.counts[item, item]) + support)
        }
    }

    /// By alternation: effects against people's levels, levels against the effects of what they rated, so that who rates only what is
    /// good does not count as generous.
    init(_ lists: [RatedList], statistics: RatingStatistics, sweeps: Int = 4) {
        let settings = statistics.settings
        let itemCount = statistics.itemCount
        var effects = ItemEffects(values: Array(repeating: 0, count: itemCount), level: statistics.level)
        for _ in 0..<sweeps {
            var sums = [Int64](repeating: 0, count: itemCount)
            for list in lists where list.count > 0 {
                let person = RatedPerson(list, effects: effects, scale: statistics.scale, settings: settings)
                for (item, residual) in zip(list.items, person.residuals) {
                    let value = residual + effects[Int(item)]
                    sums[Int(item)] += Int64((value / Self.step).rounded())
                }
            }
            let values = sums.enumerated().map { item, sum in
                Double(sum) * Self.step / (Double(statistics.counts[item, item]) + settings.effectSupport)
            }
            effects = ItemEffects(values: values, level: statistics.level)
        }
        self = effects
    }

    private init(values: [Double], level: Double) {
        self.values = values
        self.level = level
    }

    /// The effect of an item; 0 of one that is not known.
    subscript(item: Int) -> Double { values.indices.contains(item) ? values[item] : 0 }
}
