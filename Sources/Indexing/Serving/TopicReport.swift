import Recommender

/// All topics, and how good they are.
public struct TopicReport: Sendable, Hashable {
    /// The topics, the one most anime are about first.
    public let topics: [Topic]
    /// How the topics were made.
    public let recipe: TopicRecipe
    /// What found them.
    public let method: TopicMethod
    /// Anime that have topics.
    public let animeCount: Int
    /// Different terms the topics are made of.
    public let termCount: Int
    /// How many of the first ten terms of all topics are different, 0 to 1.
    public let diversity: Double

    /// The mean coherence of the topics: normalised pointwise mutual information of their first ten terms, −1 to 1, over the texts they
    /// were fitted to.
    ///
    /// Source: Lau, Newman & Baldwin, "Machine Reading Tea Leaves", EACL 2014.
    public var coherence: Double {
        topics.isEmpty ? 0 : topics.reduce(0) { $0 + $1.coherence } / Double(topics.count)
    }

    /// - Parameters:
    ///   - ids: The anime.
    ///   - shares: Of each of them, the share of each topic.
    init(
        _ fitted: FittedTopics, ids: [String], shares: [[Double]], examples: Int, recipe: TopicRecipe = .standard,
        method: TopicMethod = .nmf
    ) {
        let mains = shares.map(\.mainTopic)
        animeCount = mains.count { $0 != nil }
        let total = Double(max(animeCount, 1))
        topics = (0..<fitted.model.topicCount).map { number in
            let best = ids.indices.filter { number < shares[$0].count && shares[$0][number] > 0 }
                .sorted { (shares[$1][number], ids[$0]) < (shares[$0][number], ids[$1]) }
            let count = mains.count { $0 == number }
            return Topic(
                number: number, words: fitted.words(of: number, count: 10),
                anime: best.prefix(examples).map { Topic.Example(id: ids[$0], share: shares[$0][number]) },
                animeCount: count, share: Double(count) / total, coherence: fitted.coherences[number])
        }
        termCount = fitted.vocabulary.count
        diversity = fitted.diversity
        (self.recipe, self.method) = (recipe, method)
    }
}

extension [Double] {
    /// The topic a story has most of; nil when it has none.
    var mainTopic: Int? {
        guard let best = self.max(), best > 0 else { return nil }
        return firstIndex(of: best)
    }
}

extension TopicStudy {
    /// The topics with their best examples.
    public func report(examples: Int = 5) -> TopicReport {
        TopicReport(fitted, ids: ids, shares: shares, examples: examples, recipe: recipe, method: method)
    }
}
