/// The lower triangular `L` of `A = L·Lᵀ`, for a symmetric positive definite matrix.
struct CholeskyFactor: Sendable {
    private var lower: DenseMatrix

    /// - Parameter matrix: `A`; only its lower triangle is read. Its eigenvalues must be above 0, as a ridge makes them.
    init(_ matrix: DenseMatrix) {
        lower = matrix
        let count = matrix.rowCount
        for row in 0..<count {
            for column in 0...row {
                var sum = lower[row, column]
                for inner in 0..<column { sum -= lower[row, inner] * lower[column, inner] }
                lower[row, column] =
                    row == column ? max(sum, .leastNormalMagnitude).squareRoot() : sum / lower[column, column]
            }
        }
    }

    /// Solves `A·x = b`.
    func solve(_ right: [Double]) -> [Double] {
        var values = right
        for row in values.indices {
            for column in 0..<row { values[row] -= lower[row, column] * values[column] }
            values[row] /= lower[row, row]
        }
        for row in values.indices.reversed() {
            for below in (row + 1)..<max(values.count, row + 1) { values[row] -= lower[below, row] * values[below] }
            values[row] /= lower[row, row]
        }
        return values
    }
}
