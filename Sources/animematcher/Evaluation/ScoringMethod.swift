import Recommender

/// A way to score every item for a person, fitted to the training ratings.
struct ScoringMethod: Sendable {
    let name: String
    /// Fills one score per item for a person; called from several threads at once.
    let score: @Sendable (_ user: Int, _ scores: inout [Float]) -> Void
}

/// A way to predict what a person will rate an item, fitted to the training ratings.
struct RatingMethod: Sendable {
    let name: String
    /// One prediction per held-out rating, in their order.
    let predict: @Sendable (RatingLists) -> [Double]

    init(name: String, predict: @escaping @Sendable (RatingLists) -> [Double]) {
        self.name = name
        self.predict = predict
    }

    /// By a model, from what is known of the people.
    init(_ name: String, _ model: some RatingModel, _ data: EvaluationData, _ threads: Int) {
        self.init(name: name) { [known = data.known] in model.predictions(of: $0, knowing: known, threads: threads) }
    }
}
