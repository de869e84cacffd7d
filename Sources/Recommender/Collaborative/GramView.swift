/// The matrix that the solver sees: Gram matrix, in the unit of squared weights, plus side information, as plain pointers for the loops that read millions of entries.
///
/// `@unchecked Sendable`: it holds the rows' references, and nobody writes to a row that has more than one.
final class GramView: @unchecked Sendable {
    let itemCount: Int
    /// The diagonal, side information included.
    let diagonal: [Float]
    /// The diagonal without it: how strongly each item is rated.
    let support: [Float]
    private let owners: [GramMatrix.Row?]
    private let rows: UnsafeMutablePointer<UnsafeMutablePointer<Int32>?>
    private let unit: Float
    private let side: TriangularSteps?
    /// `⁴√(G_ii + p)` times the root of the side information's unit, so that two of them multiplied with a step make the summand.
    private let scales: UnsafeMutablePointer<Float>

    init(_ gram: GramMatrix, side information: SideInformation? = nil, threads: Int = 1) {
        var gram = gram
        gram.grow(toItemCount: information?.itemCount ?? 0)
        let count = gram.itemCount
        let side = information.flatMap {
            $0.itemCount > 0 && $0.greatest > 0 ? $0.padded(to: count).similarities(threads: threads) : nil
        }
        itemCount = count
        owners = gram.rows
        rows = .allocate(capacity: max(count, 1))
        scales = .allocate(capacity: max(count, 1))
        self.side = side
        unit = gram.unit
        support = gram.support
        var diagonal = support
        for index in 0..<count {
            (rows + index).initialize(to: owners[index]?.values.baseAddress)
            let scale =
                (diagonal[index] + (information?.prior ?? 0)).squareRoot().squareRoot() * (side?.unit ?? 0).squareRoot()
            (scales + index).initialize(to: scale)
            if let row = side?.row(index) { diagonal[index] += Float(row[index]) * scale * scale }
        }
        self.diagonal = diagonal
    }

    deinit {
        rows.deallocate()
        scales.deallocate()
    }

    @inline(__always)
    subscript(row: Int, column: Int) -> Float {
        let (greater, smaller) = row > column ? (row, column) : (column, row)
        let value = rows[greater].map { Float($0[smaller]) * unit } ?? 0
        guard let side = side?.row(greater) else { return value }
        return value + Float(side[smaller]) * (scales[greater] * scales[smaller])
    }

    /// How many columns `copyColumns` writes together: as many values as one cache line holds.
    static let blockWidth = 16

    /// Writes whole columns, one after the other, each `itemCount` long.
    ///
    /// Several at once, because the part of a column below the diagonal lies in as many rows as it has values, and one cache line of a
    /// row serves the whole block.
    func copyColumns(_ columns: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        for (offset, column) in columns.enumerated() {
            let values = target + offset * itemCount
            for row in 0...column { values[row] = self[row, column] }
        }
        for row in (columns.lowerBound + 1)..<max(itemCount, columns.lowerBound + 1) {
            for column in columns.lowerBound..<min(columns.upperBound, row) {
                target[(column - columns.lowerBound) * itemCount + row] = self[row, column]
            }
        }
    }
}
