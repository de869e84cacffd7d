/// The matrix that the solver sees: Gram matrix, in the unit of squared weights, plus side information, as plain pointers for the loops
/// that read millions of entries.
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

    /// - Parameter similarities: What the side information says, where it was worked out before.
    init(
        _ gram: GramMatrix, side information: SideInformation? = nil, similarities: TriangularSteps? = nil,
        threads: Int = 1
    ) {
        var gram = gram
        gram.grow(toItemCount: information?.itemCount ?? 0)
        let count = gram.itemCount
        let side =
            similarities?.count == count
            ? similarities
            : information.flatMap {
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

    /// What the side information says; nil without one.
    var similarities: TriangularSteps? { side }

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

    /// Writes a row of the lower triangle, up to the diagonal: the values of `self[row, column]`.
    func copyLowerRow(_ row: Int, to target: UnsafeMutablePointer<Float>) {
        if let values = rows[row] {
            for column in 0...row { target[column] = Float(values[column]) * unit }
        } else {
            target.update(repeating: 0, count: row + 1)
        }
        guard let side = side?.row(row) else { return }
        let scale = scales[row]
        for column in 0...row { target[column] += Float(side[column]) * (scale * scales[column]) }
    }
}
