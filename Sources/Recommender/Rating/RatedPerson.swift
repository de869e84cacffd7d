/// What a list says of its owner when the effects of the items are taken into account.
struct RatedPerson: Sendable {
    /// What the person would give an item without an effect, in the scale of the ratings.
    let level: Double
    /// The spread of the person's ratings.
    let deviation: Double
    /// The mean of the list as it is.
    let mean: Double
    /// `(rating − mean) ÷ deviation`, in the order of the list.
    let values: [Double]
    /// `(rating − level) ÷ deviation − effect`, in the order of the list.
    let residuals: [Double]

    init(_ list: RatedList, effects: ItemEffects, scale: ClosedRange<Float>, settings: RatingSettings) {
        let normalised = NormalisedList(list, scale: scale, settings: settings)
        let deviation = normalised.deviation
        var sum = settings.levelSupport * effects.level
        for (item, rating) in zip(list.items, list.ratings) {
            sum += Double(rating) - deviation * effects[Int(item)]
        }
        let level = sum / (Double(list.count) + settings.levelSupport)
        self.level = level
        self.deviation = deviation
        mean = normalised.mean
        values = normalised.values
        residuals = zip(list.items, list.ratings).map { (Double($1) - level) / deviation - effects[Int($0)] }
    }
}
