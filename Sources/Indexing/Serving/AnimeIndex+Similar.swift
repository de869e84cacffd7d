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
                sharedTopic: topic.flatMap { topics?.words(of: $0, count: 4) } ?? [])
        }
    }
}
