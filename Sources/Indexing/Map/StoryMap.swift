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

    /// - Parameters:
    ///   - ids: The anime.
    ///   - shares: Of each of them, the share of each topic; those without any are left out.
    init(_ fitted: FittedTopics, ids: [String], shares: [[Double]], _ options: Options) {
        let stories = zip(ids, shares).compactMap { id, row in row.mainTopic.map { (id: id, shares: row, main: $0) } }
        let width = fitted.model.topicCount
        // Of length 1, so that distances say what cosines do.
        let vectors = DenseMatrix(
            rowCount: stories.count, columnCount: width,
            values: stories.flatMap { story -> [Double] in
                let length = story.shares.reduce(0) { $0 + $1 * $1 }.squareRoot()
                return story.shares.map { $0 / length }
            })
        let places: [PlanePoint] =
            switch options.method {
            case .tsne: TSNE(perplexity: options.perplexity, iterations: options.iterations).embed(vectors)
            case .pca: PrincipalComponents.plane(vectors)
            }
        let clusters = KMeans(clusterCount: options.clusterCount).fit(vectors)
        points = zip(stories, places.fittedToUnitSquare).enumerated().map { index, pair in
            Point(
                id: pair.0.id, x: pair.1.x, y: pair.1.y, topic: pair.0.main, share: pair.0.shares[pair.0.main],
                cluster: clusters.assignments[index])
        }
        let mains = stories.map(\.main)
        topics = (0..<width).map { topic in
            Group(
                number: topic, words: fitted.words(of: topic, count: 6), count: mains.count { $0 == topic })
        }
        self.clusters = (0..<clusters.centres.rowCount).map { cluster in
            Group(
                number: cluster, words: fitted.words(mixed: Array(clusters.centres[cluster]), count: 6),
                count: clusters.assignments.count { $0 == cluster })
        }
    }
}

extension [PlanePoint] {
    /// Moved and scaled, the same in both directions, so that all lie between 0 and 1; stragglers stay at the edge.
    fileprivate var fittedToUnitSquare: [PlanePoint] {
        guard !isEmpty else { return [] }
        let (x, y) = (Self.range(of: map(\.x)), Self.range(of: map(\.y)))
        let scale = Swift.max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound, .leastNormalMagnitude)
        let (left, top) = (
            (x.lowerBound + x.upperBound - scale) / 2, (y.lowerBound + y.upperBound - scale) / 2
        )
        return map { place in
            PlanePoint(
                x: Swift.min(Swift.max((place.x - left) / scale, 0), 1),
                y: Swift.min(Swift.max((place.y - top) / scale, 0), 1))
        }
    }

    /// Where nearly all of the values lie: one point far away does not make all others small.
    private static func range(of values: [Double]) -> ClosedRange<Double> {
        let sorted = values.sorted()
        let cut = sorted.count / 1000
        let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
        let margin = (high - low) * 0.02
        return low - margin...high + margin
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
