/// The values of one document: columns ascending, each once.
public struct SparseRow: Sendable, Hashable {
    /// Columns, ascending.
    public let columns: [Int32]
    /// The value of the column at the same position.
    public let values: [Double]

    /// Makes a row; columns must be ascending, and as many as values.
    public init(columns: [Int32] = [], values: [Double] = []) {
        precondition(columns.count == values.count, "as many columns as values")
        self.columns = columns
        self.values = values
    }

    /// The same direction with length 1; the row itself when all values are 0.
    public var normalised: SparseRow {
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? SparseRow(columns: columns, values: values.map { $0 / length }) : self
    }

    /// The sum of the products of the values that two rows have in the same columns: for rows of length 1 their cosine.
    public func dot(_ other: SparseRow) -> Double {
        var (left, right, sum) = (0, 0, 0.0)
        while left < columns.count, right < other.columns.count {
            let (a, b) = (columns[left], other.columns[right])
            if a == b { sum += values[left] * other.values[right] }
            if a <= b { left += 1 }
            if b <= a { right += 1 }
        }
        return sum
    }
}

/// Documents × terms, row after row.
public struct SparseMatrix: Sendable, Equatable {
    /// The number of columns.
    public let columnCount: Int
    let starts: [Int]
    let columns: [Int32]
    let values: [Double]

    /// Makes a matrix of rows whose columns are all less than `columnCount`.
    public init(rows: [SparseRow], columnCount: Int) {
        var starts = [0]
        var columns: [Int32] = []
        var values: [Double] = []
        for row in rows {
            precondition((row.columns.last ?? -1) < Int32(columnCount), "column beyond the last")
            columns += row.columns
            values += row.values
            starts.append(columns.count)
        }
        self.init(starts: starts, columns: columns, values: values, columnCount: columnCount)
    }

    private init(starts: [Int], columns: [Int32], values: [Double], columnCount: Int) {
        self.starts = starts
        self.columns = columns
        self.values = values
        self.columnCount = columnCount
    }

    /// The number of rows.
    public var rowCount: Int { starts.count - 1 }

    /// How many values are stored.
    public var valueCount: Int { values.count }

    /// One row.
    public subscript(row: Int) -> SparseRow {
        let range = starts[row]..<starts[row + 1]
        return SparseRow(columns: Array(columns[range]), values: Array(values[range]))
    }

    /// The columns of one row that have values, ascending.
    func columns(of row: Int) -> ArraySlice<Int32> { columns[starts[row]..<starts[row + 1]] }

    /// The value of one row at a place of `columns(of:)`, counted from 0.
    @inline(__always)
    func value(_ row: Int, _ place: Int) -> Double { values[starts[row] + place] }

    /// The sum of the squared values.
    public var squaredNorm: Double { values.reduce(0) { $0 + $1 * $1 } }

    /// Rows and columns exchanged.
    public var transposed: SparseMatrix {
        var starts = Array(repeating: 0, count: columnCount + 1)
        for column in columns { starts[Int(column) + 1] += 1 }
        for column in 0..<columnCount { starts[column + 1] += starts[column] }
        var next = starts
        var rows = [Int32](repeating: 0, count: columns.count)
        var values = [Double](repeating: 0, count: columns.count)
        for row in 0..<rowCount {
            for position in self.starts[row]..<self.starts[row + 1] {
                let place = next[Int(columns[position])]
                next[Int(columns[position])] += 1
                rows[place] = Int32(row)
                values[place] = self.values[position]
            }
        }
        return SparseMatrix(starts: starts, columns: rows, values: values, columnCount: rowCount)
    }

    /// The product with a dense matrix of `columnCount` rows.
    func times(_ right: DenseMatrix) -> DenseMatrix {
        var result = DenseMatrix(rowCount: rowCount, columnCount: right.columnCount)
        let width = right.columnCount
        result.values.withUnsafeMutableBufferPointer { target in
            right.values.withUnsafeBufferPointer { right in
                for row in 0..<rowCount { accumulate(row, right, width, target) }
            }
        }
        return result
    }

    private func accumulate(
        _ row: Int, _ right: UnsafeBufferPointer<Double>, _ width: Int, _ target: UnsafeMutableBufferPointer<Double>
    ) {
        guard let right = right.baseAddress, let target = target.baseAddress else { return }
        let sum = target + row * width
        columns.withUnsafeBufferPointer { columns in
            values.withUnsafeBufferPointer { values in
                for position in starts[row]..<starts[row + 1] {
                    addScaled(values[position], right + Int(columns[position]) * width, to: sum, count: width)
                }
            }
        }
    }
}
