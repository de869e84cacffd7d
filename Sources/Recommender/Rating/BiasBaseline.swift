/// The mean of all ratings plus a bias of the person and one of the item, both shrunk.
///
/// Source: Koren, "Factor in the neighbors", ACM TKDD 4(1), 2010, section 2.1; the penalties and sweeps are those of Surprise's
/// `BaselineOnly` (10 sweeps of alternating least squares, 10 for items, 15 for people).
public struct BiasBaseline: RatingModel {
    let mean: Double
    let itemBiases: [Double]
    let scale: ClosedRange<Float>
    static let itemPenalty = 10.0
    static let personPenalty = 15.0
    private static let sweeps = 10

    /// Fits the biases.
    public static func fit(
        _ lists: [RatedList], itemCount: Int? = nil, scale: ClosedRange<Float>? = nil
    ) -> BiasBaseline {
        let itemCount = max(lists.itemCount(itemCount), lists.itemCount(nil))
        let scale = scale ?? ClosedRange(of: lists)
        let sum = lists.reduce(0.0) { $1.ratings.reduce($0) { $0 + Double($1) } }
        let count = lists.reduce(0) { $0 + $1.count }
        var model = BiasBaseline(
            mean: count == 0 ? 0 : sum / Double(count), itemBiases: Array(repeating: 0, count: itemCount), scale: scale)
        var personBiases = [Double](repeating: 0, count: lists.count)
        for _ in 0..<sweeps {
            var sums = [Double](repeating: 0, count: itemCount)
            var counts = sums
            for (list, bias) in zip(lists, personBiases) {
                for (item, rating) in zip(list.items, list.ratings) {
                    sums[Int(item)] += Double(rating) - model.mean - bias
                    counts[Int(item)] += 1
                }
            }
            let biases = zip(sums, counts).map { $0 / (itemPenalty + $1) }
            model = BiasBaseline(mean: model.mean, itemBiases: biases, scale: scale)
            personBiases = lists.map(model.bias)
        }
        return model
    }

    /// How much more generous a person is than others who rated the same.
    func bias(_ list: RatedList) -> Double {
        let sum = zip(list.items, list.ratings).reduce(0) { $0 + Double($1.1) - mean - itemBias(Int($1.0)) }
        return sum / (Self.personPenalty + Double(list.count))
    }

    func itemBias(_ item: Int) -> Double { itemBiases.indices.contains(item) ? itemBiases[item] : 0 }

    /// Mean plus both biases.
    public func predictions(for list: RatedList, items: [Int]) -> [Float] {
        let level = mean + bias(list)
        return items.map { scale.clipping(level + itemBias($0)) }
    }
}
