/// A list in its owner's own measure: how far each rating is above the person's mean, in units of the person's spread.
///
/// Depends on nothing but the list and the scale, so that sums over people can be added to and subtracted from.
struct NormalisedList: Sendable {
    /// How many integer steps one unit of spread has.
    static let unit = 8.0
    /// Four units of spread: what is further out counts as that.
    static let limit: Int32 = 32

    /// The mean of the ratings; 0 for an empty list.
    let mean: Double
    /// The spread of the ratings, drawn towards the settings' prior; greater than 0 unless the scale has no width.
    let deviation: Double
    /// `(rating − mean) ÷ deviation`, in the order of the list.
    let values: [Double]

    init(_ list: RatedList, scale: ClosedRange<Float>, settings: RatingSettings) {
        let count = Double(list.count)
        let mean = list.count == 0 ? 0 : list.ratings.reduce(0) { $0 + Double($1) } / count
        let squares = list.ratings.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        let prior = settings.priorDeviation * Double(scale.upperBound - scale.lowerBound)
        let variance = (squares + settings.deviationSupport * prior * prior) / (count + settings.deviationSupport)
        let deviation = variance > 0 ? variance.squareRoot() : 1
        self.mean = mean
        self.deviation = deviation
        values = list.ratings.map { (Double($0) - mean) / deviation }
    }

    /// The values as integers, in steps of 1 ÷ `unit`.
    var steps: [Int32] {
        values.map { value in
            let step = (value * Self.unit).rounded()
            return Int32(min(Double(Self.limit), max(-Double(Self.limit), step)))
        }
    }
}
