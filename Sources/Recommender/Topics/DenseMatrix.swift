/// A matrix of doubles, row after row.
public struct DenseMatrix: Sendable, Equatable {
    /// The number of rows.
    public let rowCount: Int
    /// The number of columns.
    public let columnCount: Int
    /// All values, row after row.
    public internal(set) var values: [Double]

    /// Makes a matrix of zeros.
    public init(rowCount: Int, columnCount: Int) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        values = Array(repeating: 0, count: rowCount * columnCount)
    }

    /// Makes a matrix of values, row after row; there must be `rowCount × columnCount` of them.
    public init(rowCount: Int, columnCount: Int, values: [Double]) {
        precondition(values.count == rowCount * columnCount, "rows × columns values")
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.values = values
    }

    /// One value.
    public internal(set) subscript(row: Int, column: Int) -> Double {
        get { values[row * columnCount + column] }
        set { values[row * columnCount + column] = newValue }
    }

    /// One row.
    public subscript(row: Int) -> ArraySlice<Double> { values[row * columnCount..<(row + 1) * columnCount] }

    /// Rows and columns exchanged.
    public var transposed: DenseMatrix {
        var result = DenseMatrix(rowCount: columnCount, columnCount: rowCount)
        for row in 0..<rowCount {
            for column in 0..<columnCount { result[column, row] = self[row, column] }
        }
        return result
    }

    /// `selfᵀ · self`, the products of the columns with each other.
    var columnProducts: DenseMatrix {
        let width = columnCount
        var result = DenseMatrix(rowCount: width, columnCount: width)
        result.values.withUnsafeMutableBufferPointer { target in
            values.withUnsafeBufferPointer { values in
                guard let target = target.baseAddress, let values = values.baseAddress else { return }
                for row in 0..<rowCount {
                    let row = values + row * width
                    for left in 0..<width {
                        let factor = row[left]
                        guard factor != 0 else { continue }
                        addScaled(factor, row, to: target + left * width, count: width)
                    }
                }
            }
        }
        return result
    }

    /// The product with another matrix, which has as many rows as this has columns.
    func times(_ right: DenseMatrix) -> DenseMatrix {
        var result = DenseMatrix(rowCount: rowCount, columnCount: right.columnCount)
        let width = right.columnCount
        result.values.withUnsafeMutableBufferPointer { target in
            right.values.withUnsafeBufferPointer { right in
                guard let target = target.baseAddress, let right = right.baseAddress else { return }
                for row in 0..<rowCount {
                    let sum = target + row * width
                    for inner in 0..<columnCount {
                        addScaled(self[row, inner], right + inner * width, to: sum, count: width)
                    }
                }
            }
        }
        return result
    }
}
