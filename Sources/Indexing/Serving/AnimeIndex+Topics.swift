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
    public func topics(examples: Int = 5) -> [Topic] {
        guard let topics else { return [] }
        let mains = anime.cards.indices.compactMap { card(row: Int32($0)) == nil ? nil : mainTopic(row: Int32($0)) }
        return (0..<topics.topicCount).map { number in
            Topic(
                number: number, words: topics.words(of: number), anime: best(of: number, count: examples),
                animeCount: mains.count { $0 == number })
        }
    }

    private func best(of topic: Int, count: Int) -> [Topic.Example] {
        topicShares.indices.compactMap { row in
            guard let card = card(row: Int32(row)), topic < topicShares[row].count, topicShares[row][topic] > 0 else {
                return nil
            }
            return Topic.Example(id: card.id, share: topicShares[row][topic])
        }
        .sorted { ($1.share, $0.id) < ($0.share, $1.id) }
        .prefix(count).map(\.self)
    }
}
