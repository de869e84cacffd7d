/// Fuller columns for items that nobody rated: their own, plus a part of the mean column of the items most like them.
///
/// All that the Gram matrix has of such an item is its content, which speaks surely for its own series and for little else; what its
/// neighbours are recommended for fills the column up.
struct BorrowedColumns: Sendable {
    /// How many rated items lend their columns.
    private static let lenderCount = 20
    /// What borrowed weights are multiplied with when the lenders could not be more alike.
    private static let borrowedShare: Float = 1 / 3
    /// What a lender itself counts, beside the weights of its column.
    private static let lenderWeight: Float = 0.3
    let view: GramView
    let columns: [SparseColumn]
    /// How many weights a column has at most.
    let limit: Int

    /// The column of an item that nobody rated.
    func column(of item: Int) -> SparseColumn {
        let own = columns[item]
        var sums = Dictionary(uniqueKeysWithValues: zip(own.items, own.weights))
        let nearest = nearest(to: item)
        // The mean over the lenders, weighted with their likeness, times their mean likeness.
        let scale = Self.borrowedShare / (Float(Self.lenderCount) * view.greatestSimilarity)
        for (lender, similarity) in zip(nearest.items, nearest.scores) {
            let share = similarity * scale
            sums[lender, default: 0] += share * Self.lenderWeight
            let lent = columns[Int(lender)]
            for (other, weight) in zip(lent.items, lent.weights) { sums[other, default: 0] += share * weight }
        }
        return shortened(sums)
    }

    private func nearest(to item: Int) -> TopSelection {
        var selection = TopSelection(capacity: Self.lenderCount)
        for other in columns.indices where other != item && view.isRated(other) {
            let similarity = view.similarity(item, other)
            if similarity > 0 { selection.offer(Int32(other), score: similarity) }
        }
        selection.sort()
        return selection
    }

    private func shortened(_ sums: [Int32: Float]) -> SparseColumn {
        var selection = TopSelection(capacity: limit)
        for (item, weight) in sums { selection.offer(item, score: weight) }
        let pairs = zip(selection.items, selection.scores).sorted { $0.0 < $1.0 }
        return SparseColumn(items: pairs.map(\.0), weights: pairs.map(\.1))
    }
}
