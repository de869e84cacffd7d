/// A start for `NMF` that needs no luck: the greater of the positive and the negative part of each singular vector pair.
///
/// Source: Boutsidis & Gallopoulos, "SVD based initialization: A head start for nonnegative matrix factorization", Pattern
/// Recognition 41(4), 2008, table 1.
struct NNDSVD {
    /// `rows × rank`.
    var left: DenseMatrix
    /// `columns × rank`.
    var right: DenseMatrix

    init(_ matrix: SparseMatrix, rank: Int, seed: UInt64) {
        let svd = TruncatedSVD(matrix, rank: rank, seed: seed)
        left = DenseMatrix(rowCount: matrix.rowCount, columnCount: rank)
        right = DenseMatrix(rowCount: matrix.columnCount, columnCount: rank)
        for topic in 0..<svd.values.count { take(topic, of: svd) }
    }

    private mutating func take(_ topic: Int, of svd: TruncatedSVD) {
        let u = Parts(column: topic, of: svd.left)
        let v = Parts(column: topic, of: svd.right)
        let usesPositive = u.positive.norm * v.positive.norm >= u.negative.norm * v.negative.norm
        let (a, b) = usesPositive ? (u.positive, v.positive) : (u.negative, v.negative)
        guard a.norm > 0, b.norm > 0 else { return }
        let scale = (svd.values[topic] * a.norm * b.norm).squareRoot()
        for row in 0..<left.rowCount { left[row, topic] = a.values[row] * scale / a.norm }
        for row in 0..<right.rowCount { right[row, topic] = b.values[row] * scale / b.norm }
    }

    /// A vector as the difference of two that have no negative value.
    private struct Parts {
        var positive: (values: [Double], norm: Double)
        var negative: (values: [Double], norm: Double)

        init(column: Int, of matrix: DenseMatrix) {
            let values = (0..<matrix.rowCount).map { matrix[$0, column] }
            positive = Self.part(values.map { max(0, $0) })
            negative = Self.part(values.map { max(0, -$0) })
        }

        private static func part(_ values: [Double]) -> (values: [Double], norm: Double) {
            (values, values.reduce(0) { $0 + $1 * $1 }.squareRoot())
        }
    }
}
