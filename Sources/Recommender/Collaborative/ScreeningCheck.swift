/// Tells which items may have other neighbours than they had, from what changed, without screening them all again.
///
/// An item's neighbours are those with the greatest `G'_ij / √G'_ii`. Only scores of which one of the two changed are looked at: if none of
/// them is a neighbour's, and none is as great as that of the last neighbour, all neighbours are what they were, in the same order.
struct ScreeningCheck: Sendable {
    /// With more changed entries an item it is quicker to screen again.
    private static let maximumChangesPerItem = 64

    private let matrix: SolverMatrix
    private let inverseNorms: [Float]
    /// Where each item's partners start, and at the end where the last ones end.
    private let starts: [Int32]
    /// The items with which an item's entry changed.
    private let partners: [Int32]
    /// Items of which the diagonal changed.
    private let renormed: [Int32]

    /// - Returns: nil when so much changed that looking at it does not pay.
    init?(_ changes: EntryChanges, _ matrix: SolverMatrix, inverseNorms: [Float]) {
        let count = matrix.itemCount
        guard changes.pairCount <= count * Self.maximumChangesPerItem else { return nil }
        var lengths = [Int32](repeating: 0, count: count + 1)
        var renormed: [Int32] = []
        changes.forEachPair { row, column in
            if row == column {
                renormed.append(Int32(row))
            } else {
                lengths[row + 1] += 1
                lengths[column + 1] += 1
            }
        }
        guard renormed.count <= count / 4 else { return nil }
        for item in 0..<count { lengths[item + 1] += lengths[item] }
        var next = lengths
        var partners = [Int32](repeating: 0, count: Int(lengths[count]))
        changes.forEachPair { row, column in
            guard row != column else { return }
            partners[Int(next[row])] = Int32(column)
            partners[Int(next[column])] = Int32(row)
            next[row] += 1
            next[column] += 1
        }
        (self.matrix, self.inverseNorms) = (matrix, inverseNorms)
        (starts, self.partners, self.renormed) = (lengths, partners, renormed)
    }

    /// Whether the neighbours of an item are surely what they were.
    ///
    /// - Parameters:
    ///   - lastScore: The score of its last neighbour when it has as many as it may have, else 0.
    ///   - members: Its neighbours.
    func isSettled(_ item: Int, lastScore: Float, _ members: borrowing MemberBits) -> Bool {
        let row = matrix.row(item)
        return inverseNorms.withUnsafeBufferPointer { norms in
            for other in renormed where !isOutside(Int(other), of: item, row, norms, lastScore, members) {
                return false
            }
            return partners.withUnsafeBufferPointer { partners in
                for place in Int(starts[item])..<Int(starts[item + 1])
                where !isOutside(Int(partners[place]), of: item, row, norms, lastScore, members) { return false }
                return true
            }
        }
    }

    @inline(__always)
    private func isOutside(
        _ other: Int, of item: Int, _ row: UnsafePointer<UInt16>, _ norms: UnsafeBufferPointer<Float>,
        _ lastScore: Float,
        _ members: borrowing MemberBits
    ) -> Bool {
        guard other != item, !members.contains(Int32(truncatingIfNeeded: other)) else { return false }
        let score = SolverMatrix.value(row[other]) * norms[other]
        return score < lastScore || score == 0
    }
}
