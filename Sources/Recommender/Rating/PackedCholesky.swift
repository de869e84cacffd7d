/// A symmetric matrix as its lower triangle, row after row.
struct PackedSymmetric {
    let size: Int
    let values: [Double]

    func times(_ vector: [Double]) -> [Double] {
        (0..<size).map { row in
            var sum = 0.0
            for column in 0..<size {
                sum += values[PackedCholesky.index(max(row, column), min(row, column))] * vector[column]
            }
            return sum
        }
    }
}

/// The Cholesky factor of a small positive definite matrix, for posteriors of a few factors.
///
/// Source: Golub & Van Loan, "Matrix Computations", 4th ed., section 4.2.
struct PackedCholesky {
    private let size: Int
    private var factor: [Double]

    /// Factorises a packed lower triangle whose diagonal dominates numerically: a sum of products and a positive diagonal.
    init(_ matrix: [Double], size: Int) {
        self.size = size
        factor = matrix
        factor.withUnsafeMutableBufferPointer { factor in
            for row in 0..<size {
                let start = Self.index(row, 0)
                for column in 0...row {
                    let other = Self.index(column, 0)
                    var sum = factor[start + column]
                    for inner in 0..<column { sum -= factor[start + inner] * factor[other + inner] }
                    factor[start + column] =
                        column == row
                        ? max(sum, .leastNormalMagnitude).squareRoot() : sum / factor[other + column]
                }
            }
        }
    }

    static func index(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }
    static func diagonal(_ row: Int) -> Int { index(row, row) }

    /// The inverse of the matrix: `L⁻ᵀ·L⁻¹`.
    var inverse: PackedSymmetric {
        var lower = [Double](repeating: 0, count: factor.count)
        for column in 0..<size {
            lower[Self.diagonal(column)] = 1 / factor[Self.diagonal(column)]
            for row in (column + 1)..<max(size, column + 1) {
                var sum = 0.0
                for inner in column..<row { sum -= factor[Self.index(row, inner)] * lower[Self.index(inner, column)] }
                lower[Self.index(row, column)] = sum / factor[Self.diagonal(row)]
            }
        }
        var result = [Double](repeating: 0, count: factor.count)
        for row in 0..<size {
            for column in 0...row {
                var sum = 0.0
                for inner in row..<size { sum += lower[Self.index(inner, row)] * lower[Self.index(inner, column)] }
                result[Self.index(row, column)] = sum
            }
        }
        return PackedSymmetric(size: size, values: result)
    }

    /// The solution of `A·x = b`.
    func solve(_ right: [Double]) -> [Double] { inverse.times(right) }
}
