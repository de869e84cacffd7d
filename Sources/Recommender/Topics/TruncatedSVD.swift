/// The greatest singular values of a sparse matrix and their vectors, by randomised subspace iteration with a fixed seed: the same
/// input gives the same bits.
///
/// Source: Halko, Martinsson & Tropp, "Finding Structure with Randomness", SIAM Review 53(2), 2011, algorithms 4.4 and 5.1.
struct TruncatedSVD {
    /// Singular values, greatest first.
    let values: [Double]
    /// One left vector per column, `rows × rank`.
    let left: DenseMatrix
    /// One right vector per column, `columns × rank`.
    let right: DenseMatrix

    init(_ matrix: SparseMatrix, rank: Int, seed: UInt64, iterations: Int = 5, oversampling: Int = 10) {
        let smaller = min(matrix.rowCount, matrix.columnCount)
        let rank = min(rank, smaller)
        let turned = matrix.transposed
        var basis = Self.start(rows: matrix.columnCount, columns: min(rank + oversampling, smaller), seed: seed)
        basis.orthonormaliseColumns()
        // The shorter side alone is kept orthonormal: there are fewer terms than documents.
        for _ in 0..<iterations {
            basis = turned.times(matrix.times(basis))
            basis.orthonormaliseColumns()
        }
        // A·V is U·Σ turned; the eigenvectors of its products turn it, and V, into singular vectors.
        let image = matrix.times(basis)
        let eigen = SymmetricEigen(image.columnProducts)
        let values = eigen.values.prefix(rank).map { max(0, $0).squareRoot() }
        let vectors = eigen.vectors.prefix(columns: rank)
        var left = image.times(vectors)
        left.scaleColumns { values[$0] > 0 ? 1 / values[$0] : 0 }
        self.values = values
        self.left = left
        right = basis.times(vectors)
    }

    private static func start(rows: Int, columns: Int, seed: UInt64) -> DenseMatrix {
        var generator = SeededGenerator(seed: seed)
        // The sum of three uniform numbers is close enough to normal for a random subspace.
        let values = (0..<rows * columns).map { _ in
            (0..<3).reduce(0.0) { sum, _ in sum + Double.random(in: -1...1, using: &generator) }
        }
        return DenseMatrix(rowCount: rows, columnCount: columns, values: values)
    }
}

extension DenseMatrix {
    fileprivate func prefix(columns count: Int) -> DenseMatrix {
        var result = DenseMatrix(rowCount: rowCount, columnCount: count)
        for row in 0..<rowCount {
            for column in 0..<count { result[row, column] = self[row, column] }
        }
        return result
    }

    fileprivate mutating func scaleColumns(by factor: (Int) -> Double) {
        for column in 0..<columnCount {
            let factor = factor(column)
            for row in 0..<rowCount { self[row, column] *= factor }
        }
    }
}
