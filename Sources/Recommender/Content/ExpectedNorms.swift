import Glibc

/// How long the column of an item's ratings will be, `√G_ii`, judged by what is known of it without them.
///
/// Ridge regression of `½·ln(G_ii + 1)` on the traits of the items that were rated, each item weighted with `G_ii / (G_ii + evidence)`: ten
/// ratings say less of what there is to expect than a thousand. Where the site states how many people list an item, that is most of the
/// answer; else type, source, years, studios and genres make one.
struct ExpectedNorms: Sendable {
    /// The penalty on squared coefficients, in items; any value from 10 to 100 gives the same lists.
    private static let penalty = 30.0
    /// The penalty on squared coefficients in the traits' own units, in items: so many must share a trait for it to count half.
    ///
    /// The first penalty does not see how many have a trait. Without this one, the few rated anime of a year or studio would say how much is to
    /// be expected of all others of it, also of another site.
    private static let itemPenalty = 60.0
    /// How many squared weights of ratings make an item count half.
    private static let evidence = 100.0
    /// A deviation that is a smaller part of the mean than this is what rounding leaves of a trait that all have.
    ///
    /// The difference of two sums that should be equal is some 1e-15 of them, its root 3e-8; brought to unit variance it would be a matrix
    /// of noise, which need not be positive definite.
    private static let rounding = 1e-5

    /// One value per item, above 0.
    let values: [Float]

    init(traits: ItemTraits, diagonal: [Int32]) {
        let weights = diagonal.map { Double($0) / (Double($0) + Self.evidence) }
        let total = weights.reduce(0, +)
        guard total > 0 else {
            values = Array(repeating: 1, count: traits.rows.count)
            return
        }
        let targets = diagonal.map { 0.5 * log(Double($0) + 1) }
        let moments = Moments(traits, weights: weights, total: total)
        let mean = zip(weights, targets).reduce(0) { $0 + $1.0 * $1.1 } / total
        let coefficients = Self.coefficients(traits, moments, weights, targets.map { $0 - mean })
        let offset = zip(coefficients, moments.means).reduce(mean) { $0 - $1.0 * $1.1 }
        values = traits.rows.map { row in
            let sum = zip(row.columns, row.values).reduce(offset) { $0 + coefficients[Int($1.0)] * $1.1 }
            return Float(exp(min(max(sum, -20), 20)))
        }
    }

    /// Weighted means and standard deviations of the traits.
    private struct Moments {
        var means: [Double]
        var deviations: [Double]

        init(_ traits: ItemTraits, weights: [Double], total: Double) {
            means = Array(repeating: 0, count: traits.count)
            var squares = means
            for (row, weight) in zip(traits.rows, weights) {
                for (column, value) in zip(row.columns, row.values) {
                    means[Int(column)] += weight * value / total
                    squares[Int(column)] += weight * value * value / total
                }
            }
            deviations = zip(squares, means).map { max(0, $0 - $1 * $1).squareRoot() }
        }
    }

    /// The coefficients in the traits' own units; a trait that all rated items share has none.
    private static func coefficients(
        _ traits: ItemTraits, _ moments: Moments, _ weights: [Double], _ targets: [Double]
    ) -> [Double] {
        let count = traits.count
        var matrix = DenseMatrix(rowCount: count, columnCount: count)
        var right = Array(repeating: 0.0, count: count)
        for (item, row) in traits.rows.enumerated() where weights[item] > 0 {
            for (position, column) in row.columns.enumerated() {
                let value = weights[item] * row.values[position]
                right[Int(column)] += value * targets[item]
                for other in 0...position { matrix[Int(column), Int(row.columns[other])] += value * row.values[other] }
            }
        }
        let total = weights.reduce(0, +)
        let scales = zip(moments.deviations, moments.means).map { deviation, mean in
            deviation > max(Self.rounding * abs(mean), 1e-9) ? 1 / deviation : 0
        }
        for row in 0..<count {
            right[row] *= scales[row]
            for column in 0...row {
                let centred = matrix[row, column] - total * moments.means[row] * moments.means[column]
                let own = row == column ? penalty + itemPenalty * scales[row] * scales[row] : 0
                matrix[row, column] = centred * scales[row] * scales[column] + own
            }
        }
        return zip(CholeskyFactor(matrix).solve(right), scales).map { $0 * $1 }
    }
}
