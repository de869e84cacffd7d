/// A way of predicting ratings by fold-in: the person need not have been there when the model was fitted.
public protocol RatingModel: Sendable {
    /// Predictions for some items, one each, in the scale of the ratings and clipped to it.
    ///
    /// The list is prepared once for all of them. An item beyond those of the training gets the person's own level, and an empty list
    /// the level of all people.
    func predictions(for list: RatedList, items: [Int]) -> [Float]
}

extension RatingModel {
    /// A prediction for one item.
    public func prediction(for list: RatedList, item: Int) -> Float {
        predictions(for: list, items: [item]).first ?? 0
    }
}

extension ClosedRange<Float> {
    /// From the least to the greatest rating; 0...0 without any.
    init(of lists: [RatedList]) {
        let ratings = lists.lazy.flatMap(\.ratings)
        self = (ratings.min() ?? 0)...(ratings.max() ?? 0)
    }

    func clipping(_ value: Double) -> Float { Swift.min(upperBound, Swift.max(lowerBound, Float(value))) }
}

extension [RatedList] {
    /// 1 + the greatest item, or `given`.
    func itemCount(_ given: Int?) -> Int { given ?? 1 + Int(lazy.compactMap(\.items.last).max() ?? -1) }
}
