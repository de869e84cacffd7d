import Recommender

/// An anime like another one.
public struct SimilarAnime: Sendable, Hashable {
    /// The similar one.
    public let anime: AnimeCard
    /// Only its order means something.
    public let score: Double
    /// How much of the score comes from people who like both, 0 to 1; the rest is the story.
    public let likedTogether: Double
    /// Words of the topic both are about; empty when they share none.
    public let sharedTopic: [String]
    /// How much of the shared topic each of the two has, 0 to 1: the one asked about, the other; nil when they share none.
    public let topicShares: Shares?
    /// Words that both descriptions have, the most telling first.
    public let sharedWords: [String]

    /// The shares of two anime.
    public struct Shares: Sendable, Hashable {
        /// Of the one asked about.
        public let asked: Double
        /// Of the similar one.
        public let other: Double
    }
}

extension AnimeIndex {
    /// The anime most like one, by what people like together and by what the stories are about, in equal parts.
    ///
    /// - Throws: ``IndexError`` `.unknownTitle`.
    public func similar(to id: String, count: Int = 10, includesAdult: Bool = false) throws(IndexError)
        -> [SimilarAnime]
    {
        let row: Int32 = try row(of: id)
        let taste = Taste(SparseVector([(item: row, weight: Int32(1))]), in: self, storyShare: 0.5)
        let isWanted = { (other: Int32) in
            guard other != row, let card = card(row: other) else { return false }
            return includesAdult || !card.adult
        }
        return Ranking.top(count, of: taste.scores, where: isWanted).compactMap { item, score -> SimilarAnime? in
            guard let card = card(row: item) else { return nil }
            let topic = taste.sharedTopic(with: item, in: self)
            return SimilarAnime(
                anime: card, score: Double(score), likedTogether: taste.parts(of: item).collaborative,
                sharedTopic: topic.flatMap { topics?.words(of: $0, count: 4) } ?? [],
                topicShares: topic.map {
                    SimilarAnime.Shares(asked: topicShares[Int(row)][$0], other: topicShares[Int(item)][$0])
                },
                sharedWords: sharedWords(row, item, count: 4))
        }
    }

    /// The words that two descriptions share, by how much of their likeness comes from each.
    private func sharedWords(_ left: Int32, _ right: Int32, count: Int) -> [String] {
        guard Int(left) < stories.count, Int(right) < stories.count else { return [] }
        let own = Dictionary(
            zip(stories[Int(left)].columns, stories[Int(left)].values), uniquingKeysWith: { first, _ in first })
        let products = zip(stories[Int(right)].columns, stories[Int(right)].values).compactMap { column, value in
            own[column].map { (column: column, product: $0 * value) }
        }
        return products.sorted { $0.product > $1.product || ($0.product == $1.product && $0.column < $1.column) }
            .prefix(count).map { part in
                let term = storyTerms[Int(part.column)]
                return topics?.word(for: term) ?? term
            }
    }
}
