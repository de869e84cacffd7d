/// One topic, to look at.
public struct Topic: Sendable, Hashable {
    /// 0, 1, 2 …; keeps its meaning until the topics are fitted anew.
    public let number: Int
    /// Its words, the most telling first, as people write them.
    public let words: [String]
    /// The anime that have most of it: id and share, 0 to 1.
    public let anime: [Example]
    /// How many anime have it as their main topic.
    public let animeCount: Int
    /// The same as a share of all anime that have topics, 0 to 1.
    public let share: Double
    /// How well its words belong together: normalised pointwise mutual information, −1 to 1.
    public let coherence: Double

    /// An anime of a topic.
    public struct Example: Sendable, Hashable {
        /// The anime's id.
        public let id: String
        /// How much of its story is of this topic, 0 to 1.
        public let share: Double
    }
}

extension AnimeIndex {
    /// All topics, each with its best examples; none when there was too little text.
    public func topics(examples: Int = 5) -> [Topic] { topicReport(examples: examples)?.topics ?? [] }

    /// All topics and how good they are; nil when there was too little text.
    public func topicReport(examples: Int = 5) -> TopicReport? {
        guard let topics else { return nil }
        let rows = rowsWithTopics
        return TopicReport(
            topics.fitted, ids: rows.map(\.card.id), shares: rows.map(\.shares), examples: examples)
    }

    /// The anime whose stories have topics, in the order of their rows.
    var rowsWithTopics: [(card: AnimeCard, shares: [Double])] {
        topicShares.indices.compactMap { row in
            guard let card = card(row: Int32(row)), topicShares[row].mainTopic != nil else { return nil }
            return (card, topicShares[row])
        }
    }

    /// Of each anime whose story has topics, the share of each topic, 0 to 1; the shares of one anime add up to 1.
    public var topicVectors: [(id: String, shares: [Double])] { rowsWithTopics.map { ($0.card.id, $0.shares) } }
}
