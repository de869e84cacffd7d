/// A factor model of ratings in their raters' own measure: `value ≈ m_i + v_i·a_u`, where the first of a person's factors is the level and the
/// others are tastes, and what a person chose to rate says what the tastes are likely to be before any rating is looked at.
///
/// A variational fit keeps the uncertainty of both sides, so an item with three ratings does not pull anybody's factors. It is a
/// deterministic function of the lists *in their order* (sums of floating-point numbers), and no sum over people: it is fitted anew, not kept
/// up to date.
///
/// Sources: Lim & Teh, "Variational Bayesian approach to movie rating prediction", KDD Cup Workshop 2007; Koren, "Factorization meets the
/// neighborhood", KDD 2008 (what is rated, as evidence).
struct LatentFactors: Sendable {
    /// The person's unknowns: the level and the tastes.
    let width: Int
    /// For each item its mean `m` and its factors `v`: `1 + width` values.
    var items: [Double]
    /// For each item what a rating adds to the precision of the person's factors: `E[vv']`, packed lower triangle.
    var precisions: [Double]
    /// For each item the covariances of `m` with `v`: `width` values.
    var offsets: [Double]
    /// For each item what having rated it says of the person's factors: `width` values.
    var presence: [Double]
    /// The prior variance of each of a person's factors.
    var variances: [Double]
    /// The variance of the noise.
    var noise: Double

    /// How many numbers a packed lower triangle has.
    var packed: Int { width * (width + 1) / 2 }
    /// The number of items.
    var itemCount: Int { offsets.count / max(1, width) }

    /// The most probable factors of a person, and their covariance (packed).
    struct Person {
        var factors: [Double]
        var covariance: [Double]
        /// What was expected from the choice of items alone.
        var expected: [Double]
    }

    /// Folds a list in.
    ///
    /// - Parameter values: The ratings in the person's own measure, in the order of the list.
    func person(_ list: RatedList, values: [Double]) -> Person {
        let expected = expectation(list)
        var precision = [Double](repeating: 0, count: packed)
        for index in 0..<width { precision[PackedCholesky.diagonal(index)] = 1 / variances[index] }
        var right = (0..<width).map { expected[$0] / variances[$0] }
        for (item, value) in zip(list.items, values) where Int(item) < itemCount {
            let item = Int(item)
            let scaled = 1 / noise
            for index in 0..<packed { precision[index] += scaled * precisions[item * packed + index] }
            let row = item * (width + 1)
            for index in 0..<width {
                let factor = items[row + 1 + index]
                right[index] += scaled * ((value - items[row]) * factor - offsets[item * width + index])
            }
        }
        let inverse = PackedCholesky(precision, size: width).inverse
        return Person(factors: inverse.times(right), covariance: inverse.values, expected: expected)
    }

    /// `Σ presence ÷ √count` over the list.
    private func expectation(_ list: RatedList) -> [Double] {
        var sum = [Double](repeating: 0, count: width)
        guard list.count > 0 else { return sum }
        for item in list.items where Int(item) < itemCount {
            for index in 0..<width { sum[index] += presence[Int(item) * width + index] }
        }
        let scale = 1 / Double(list.count).squareRoot()
        return sum.map { $0 * scale }
    }

    /// The expected value of an item; the person's level of one that is not known.
    func value(of item: Int, for person: Person) -> Double {
        guard item >= 0, item < itemCount else { return person.factors.first ?? 0 }
        let row = item * (width + 1)
        var sum = items[row]
        for index in 0..<width { sum += items[row + 1 + index] * person.factors[index] }
        return sum
    }
}
