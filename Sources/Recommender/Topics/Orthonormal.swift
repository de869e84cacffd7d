extension DenseMatrix {
    /// Makes the columns orthogonal to each other and of length 1, twice over, so that rounding leaves nothing behind; a column that
    /// depends on the ones before it becomes 0.
    ///
    /// Source: modified Gram–Schmidt with reorthogonalisation; Golub & Van Loan, "Matrix Computations", 4th ed., section 5.2.8.
    mutating func orthonormaliseColumns() {
        // Columns are rows of the transposed matrix, where they lie together.
        var columns = transposed
        columns.values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for column in 0..<columnCount {
                let current = base + column * rowCount
                let before = length(current, rowCount)
                for _ in 0..<2 {
                    for earlier in 0..<column {
                        let other = base + earlier * rowCount
                        let overlap = product(current, other, rowCount)
                        for row in 0..<rowCount { current[row] -= overlap * other[row] }
                    }
                }
                let after = length(current, rowCount)
                let scale = after > before * 1e-12 ? 1 / after : 0
                for row in 0..<rowCount { current[row] *= scale }
            }
        }
        self = columns.transposed
    }
}

private func length(_ vector: UnsafeMutablePointer<Double>, _ count: Int) -> Double {
    product(vector, vector, count).squareRoot()
}

/// The sum of products, in four interleaved partial sums: always the same order, and four times as fast as one.
private func product(_ left: UnsafeMutablePointer<Double>, _ right: UnsafeMutablePointer<Double>, _ count: Int)
    -> Double
{
    var sums = SIMD4<Double>.zero
    var index = 0
    while index + 4 <= count {
        sums +=
            SIMD4(left[index], left[index + 1], left[index + 2], left[index + 3])
            * SIMD4(right[index], right[index + 1], right[index + 2], right[index + 3])
        index += 4
    }
    var sum = sums.sum()
    while index < count {
        sum += left[index] * right[index]
        index += 1
    }
    return sum
}
