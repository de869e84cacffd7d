/// The mean of all ratings, for everybody and everything: what every other prediction is compared with.
public struct MeanBaseline: RatingModel {
    private let mean: Float

    /// Takes the mean.
    public static func fit(_ lists: [RatedList]) -> MeanBaseline {
        let sum = lists.reduce(0.0) { $1.ratings.reduce($0) { $0 + Double($1) } }
        let count = lists.reduce(0) { $0 + $1.count }
        return MeanBaseline(mean: count == 0 ? 0 : Float(sum / Double(count)))
    }

    /// The mean, for every item.
    public func predictions(for list: RatedList, items: [Int]) -> [Float] { items.map { _ in mean } }
}
