/// How far predicted ratings are from those that were given.
public struct RatingAccuracy: Sendable, Hashable {
    /// The root of the mean squared error, in points of the scale.
    public let rmse: Double
    /// The mean absolute error, in points of the scale.
    public let mae: Double
    /// How many ratings were predicted.
    public let rows: Int

    /// Compares every held-out rating with its prediction.
    ///
    /// - Parameter predictions: One for each rating, in the order of the lists.
    public init(_ predictions: [Double], of test: RatingLists) {
        precondition(predictions.count == test.ratingCount, "one prediction per rating")
        var (squares, distances) = (0.0, 0.0)
        for (prediction, value) in zip(predictions, test.values) {
            squares += (prediction - value) * (prediction - value)
            distances += abs(prediction - value)
        }
        rows = test.ratingCount
        rmse = (squares / Double(max(1, rows))).squareRoot()
        mae = distances / Double(max(1, rows))
    }
}
