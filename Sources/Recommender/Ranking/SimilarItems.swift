/// Items that are like an item: by who likes both where enough people rated it, by content where not.
public struct SimilarItems: Sendable {
    /// How many squared weights of ratings make ratings and content count alike.
    public var trust: Float

    /// Makes a measure of likeness.
    public init(trust: Float = 200) {
        self.trust = trust
    }

    /// One value per item, 0 to 1; the item itself has 0.
    ///
    /// The cosine of ratings and the cosine of content, mixed by how surely the less rated of the two items is known:
    /// `n / (n + trust)` with its `G_ii` as `n`.
    ///
    /// - Parameters:
    ///   - item: The item.
    ///   - gram: The item–item matrix of ratings.
    ///   - content: A row per item of length 1, such as `TFIDF` makes; empty rows for items without a text.
    public func scores(for item: Int32, gram: GramMatrix, content: [SparseRow]) -> [Float] {
        let count = max(gram.itemCount, content.count)
        let own = Int(item)
        let row = gram.row(own)
        let (diagonal, support) = (gram.diagonal, gram.support)
        let words = own < content.count ? content[own] : SparseRow()
        return (0..<count).map { other in
            guard other != own else { return 0 }
            let known = own < diagonal.count && other < diagonal.count ? min(support[own], support[other]) : 0
            let ratings =
                known > 0 ? Float(row[other]) / (Float(diagonal[own]) * Float(diagonal[other])).squareRoot() : 0
            let text = other < content.count ? Float(words.dot(content[other])) : 0
            let share = known / (known + trust)
            return share * ratings + (1 - share) * text
        }
    }
}
