import Recommender

/// All anime that have topics on a plane, so that anime about the same things lie together.
public struct StoryMap: Sendable {
    /// What finds the places.
    public enum Method: String, Sendable, CaseIterable {
        /// Neighbours stay neighbours.
        case tsne
        /// The two directions in which stories differ most; quick and coarse.
        case pca
    }

    /// How a map is made.
    public struct Options: Sendable {
        /// What finds the places.
        public var method = Method.tsne
        /// How many clusters k-means looks for; the original drew 25.
        public var clusterCount = 25
        /// How many neighbours t-SNE looks at, about.
        public var perplexity = 30.0
        /// Steps of t-SNE.
        public var iterations = 600

        /// The defaults.
        public init() {}
    }

    /// An anime's place.
    public struct Point: Sendable, Hashable {
        /// The anime's id.
        public let id: String
        /// 0 to 1, from left to right.
        public let x: Double
        /// 0 to 1, from top to bottom.
        public let y: Double
        /// The topic it has most of.
        public let topic: Int
        /// How much of that topic, 0 to 1.
        public let share: Double
        /// Its cluster.
        public let cluster: Int
    }

    /// Anime that are drawn alike: of one topic, or of one cluster.
    public struct Group: Sendable, Hashable {
        /// Its number.
        public let number: Int
        /// The words that say most about it.
        public let words: [String]
        /// How many anime belong to it.
        public let count: Int
    }

    /// The anime, in the order of the index.
    public let points: [Point]
    /// All topics.
    public let topics: [Group]
    /// All clusters, the greatest first.
    public let clusters: [Group]

    init(points: [Point], topics: [Group], clusters: [Group]) {
        (self.points, self.topics, self.clusters) = (points, topics, clusters)
    }

    /// - Parameters:
    ///   - ids: The anime.
    ///   - shares: Of each of them, the share of each topic; those without any are left out.
    init(_ fitted: FittedTopics, ids: [String], shares: [[Double]], _ options: Options) {
        let stories = zip(ids, shares).compactMap { id, row in row.mainTopic.map { (id: id, shares: row, main: $0) } }
        let fit = StoryMapFit(shares: stories.map(\.shares), options)
        let points = zip(stories, zip(fit.places, fit.clusters.assignments)).map { story, found in
            Point(
                id: story.id, x: found.0.x, y: found.0.y, topic: story.main, share: story.shares[story.main],
                cluster: found.1)
        }
        let words = (0..<fit.clusters.centres.rowCount).map { cluster in
            fitted.words(mixed: Array(fit.clusters.centres[cluster]), count: Self.wordsShown)
        }
        self.init(points: points, topics: Self.topics(fitted, points), clusters: Self.clusters(words, points))
    }

    /// Words that are shown of a group.
    static let wordsShown = 6

    static func topics(_ fitted: FittedTopics, _ points: [Point]) -> [Group] {
        let counts = points.reduce(into: [:]) { $0[$1.topic, default: 0] += 1 }
        return (0..<fitted.model.topicCount).map {
            Group(number: $0, words: fitted.words(of: $0, count: wordsShown), count: counts[$0] ?? 0)
        }
    }

    static func clusters(_ words: [[String]], _ points: [Point]) -> [Group] {
        let counts = points.reduce(into: [:]) { $0[$1.cluster, default: 0] += 1 }
        return words.enumerated().map { Group(number: $0, words: $1, count: counts[$0] ?? 0) }
    }
}

extension AnimeIndex {
    /// The map of all stories that have topics; nil when there was too little text.
    public func storyMap(_ options: StoryMap.Options = .init()) -> StoryMap? {
        guard let topics else { return nil }
        let rows = rowsWithTopics
        return StoryMap(topics.fitted, ids: rows.map(\.card.id), shares: rows.map(\.shares), options)
    }
}

extension TopicStudy {
    /// The map of all stories.
    public func storyMap(_ options: StoryMap.Options = .init()) -> StoryMap {
        StoryMap(fitted, ids: ids, shares: shares, options)
    }
}
