/// Eigenvalues, greatest first, and eigenvectors of a small symmetric matrix.
///
/// Source: the cyclic Jacobi method; Golub & Van Loan, "Matrix Computations", 4th ed., section 8.5.
struct SymmetricEigen {
    let values: [Double]
    /// One eigenvector per column, in the order of the values.
    let vectors: DenseMatrix

    init(_ matrix: DenseMatrix) {
        let size = matrix.rowCount
        var a = matrix
        var v = DenseMatrix(rowCount: size, columnCount: size)
        for index in 0..<size { v[index, index] = 1 }
        let enough = Self.offDiagonal(a).squareRoot() * 1e-14
        for _ in 0..<60 where Self.offDiagonal(a).squareRoot() > enough {
            for row in 0..<size {
                for column in (row + 1)..<max(size, row + 1) { Self.rotate(&a, &v, row, column) }
            }
        }
        let diagonal = (0..<size).map { a[$0, $0] }
        let order = (0..<size).sorted { diagonal[$0] > diagonal[$1] || (diagonal[$0] == diagonal[$1] && $0 < $1) }
        values = order.map { diagonal[$0] }
        var sorted = DenseMatrix(rowCount: size, columnCount: size)
        for (target, source) in order.enumerated() {
            for row in 0..<size { sorted[row, target] = v[row, source] }
        }
        vectors = sorted
    }

    private static func offDiagonal(_ a: DenseMatrix) -> Double {
        var sum = 0.0
        for row in 0..<a.rowCount {
            for column in 0..<a.columnCount where column != row { sum += a[row, column] * a[row, column] }
        }
        return sum
    }

    /// Makes one entry off the diagonal 0.
    private static func rotate(_ a: inout DenseMatrix, _ v: inout DenseMatrix, _ p: Int, _ q: Int) {
        guard a[p, q] != 0 else { return }
        let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        for k in 0..<a.rowCount {
            let (left, right) = (a[k, p], a[k, q])
            a[k, p] = c * left - s * right
            a[k, q] = s * left + c * right
        }
        for k in 0..<a.rowCount {
            let (left, right) = (a[p, k], a[q, k])
            a[p, k] = c * left - s * right
            a[q, k] = s * left + c * right
            let (first, second) = (v[k, p], v[k, q])
            v[k, p] = c * first - s * second
            v[k, q] = s * first + c * second
        }
    }
}
