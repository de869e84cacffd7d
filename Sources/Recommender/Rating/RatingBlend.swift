/// A base prediction plus a weighted sum of corrections.
///
/// The weights are learnt by ridge regression on ratings that were held out of the parts, so that they fit any data. Source: Breiman, "Stacked
/// regressions", Machine Learning 24, 1996.
struct RatingBlend: Sendable, Hashable {
    /// A prediction by the effects of person and item, and what the other parts would add to it.
    struct Evidence: Sendable {
        var base: Double
        var corrections: [Double]
    }

    let intercept: Double
    let weights: [Double]

    /// The fewest held-out ratings that weights are learnt from.
    static let fewest = 500
    /// As how many ratings "no correction" counts.
    private static let penalty = 5.0

    /// What was learnt on real data: for when there are too few ratings to learn from.
    static func standard(corrections: Int) -> RatingBlend {
        let weights: [Double]
        switch corrections {
        case 4: weights = [0, 0.35, 0.35, 0.35]  // the full evidence
        case 3: weights = [0, 0.5, 0.4]  // full without factors, or quick with them
        default: weights = [0, 0.7]
        }
        return RatingBlend(intercept: 0, weights: weights)
    }

    init(intercept: Double, weights: [Double]) {
        self.intercept = intercept
        self.weights = weights
    }

    /// Learns the weights; nil from too few ratings.
    init?(_ evidence: [Evidence], ratings: [Double]) {
        guard evidence.count >= Self.fewest, let width = evidence.first.map({ $0.corrections.count + 1 }) else {
            return nil
        }
        var matrix = [Double](repeating: 0, count: width * (width + 1) / 2)
        var right = [Double](repeating: 0, count: width)
        for index in 0..<width { matrix[PackedCholesky.diagonal(index)] = Self.penalty }
        for (one, rating) in zip(evidence, ratings) {
            let row = [1] + one.corrections
            for left in 0..<width {
                right[left] += row[left] * (rating - one.base)
                for column in 0...left { matrix[PackedCholesky.index(left, column)] += row[left] * row[column] }
            }
        }
        let solution = PackedCholesky(matrix, size: width).solve(right)
        intercept = solution[0]
        weights = Array(solution.dropFirst())
    }

    func prediction(_ evidence: Evidence) -> Double {
        var sum = evidence.base + intercept
        for (weight, correction) in zip(weights, evidence.corrections) { sum += weight * correction }
        return sum
    }
}
