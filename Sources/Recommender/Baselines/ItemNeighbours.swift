extension ItemWeights {
    /// The model of item-based nearest neighbours, to compare with: each item speaks for the items whose ratings are most like its own,
    /// by their cosine.
    ///
    /// Source: Deshpande & Karypis, "Item-Based Top-N Recommendation Algorithms", ACM TOIS 22(1), 2004.
    ///
    /// - Parameters:
    ///   - ratings: The item–item matrix.
    ///   - count: How many neighbours a column has.
    public static func nearestNeighbours(_ ratings: CoRatings, count: Int = 30) -> ItemWeights {
        let norms = (0..<ratings.itemCount).map { Float(ratings[$0, $0]).squareRoot() }
        let columns = norms.indices.map { nearest(count, to: $0, in: ratings, norms) }
        return ItemWeights(itemCount: ratings.itemCount, columns: CompressedMatrix(columns))
    }

    private static func nearest(_ count: Int, to item: Int, in ratings: CoRatings, _ norms: [Float]) -> SparseColumn {
        var selection = TopSelection(capacity: count)
        for other in norms.indices where other != item && ratings[item, other] > 0 {
            selection.offer(Int32(other), score: Float(ratings[item, other]) / (norms[item] * norms[other]))
        }
        return SparseColumn(selection)
    }
}
