import Recommender
import WebStandards

/// What an evaluation found.
struct EvaluationFigures {
    /// The figures of one way to rank.
    struct Ranking {
        let name: String
        let isOurs: Bool
        let metrics: RankingMetrics
        /// Nil without titles.
        let discovery: Discovery.Metrics?
        /// Processor seconds of fitting it.
        let seconds: Double
    }

    /// The figures of one way to predict ratings.
    struct Prediction {
        let name: String
        let isOurs: Bool
        let accuracy: RatingAccuracy
        let seconds: Double
    }

    /// Our last model against another one, by liked nDCG@10.
    struct Comparison {
        let ours: String
        let other: String
        let interval: PairedBootstrap.Interval
    }

    var rankings: [Ranking] = []
    var predictions: [Prediction] = []
    var comparisons: [Comparison] = []
    /// What was left out, and why.
    var notes: [String] = []
}
