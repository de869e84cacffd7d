extension ItemWeights {
    /// The model of item-based nearest neighbours, to compare with: each item speaks for the items whose ratings are most like its own,
    /// by their cosine.
    ///
    /// Source: Deshpande & Karypis, "Item-Based Top-N Recommendation Algorithms", ACM TOIS 22(1), 2004.
    ///
    /// - Parameters:
    ///   - gram: The item–item matrix.
    ///   - count: How many neighbours a column has.
    public static func nearestNeighbours(gram: GramMatrix, count: Int = 30) -> ItemWeights {
        let norms = gram.diagonal.map { Float($0).squareRoot() }
        let columns = norms.indices.map { item in
            nearest(count, to: item, in: gram.row(item), norms)
        }
        return ItemWeights(itemCount: gram.itemCount, columns: CompressedMatrix(columns))
    }

    private static func nearest(_ count: Int, to item: Int, in row: [Int32], _ norms: [Float]) -> SparseColumn {
        var selection = TopSelection(capacity: count)
        for other in row.indices where other != item && row[other] > 0 {
            selection.offer(Int32(other), score: Float(row[other]) / (norms[item] * norms[other]))
        }
        let pairs = zip(selection.items, selection.scores).sorted { $0.0 < $1.0 }
        return SparseColumn(items: pairs.map(\.0), weights: pairs.map(\.1))
    }
}
