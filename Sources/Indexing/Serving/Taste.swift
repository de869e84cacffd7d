import Recommender

/// What a list says about every anime: what people like together with it, and what its stories are about.
struct Taste {
    /// How a score came about, as shares that add up to 1.
    struct Parts {
        let collaborative: Double
        let story: Double
    }

    let scores: [Float]
    private let scored: ScoredList
    private let collaborative: [Float]
    private let stories: [Float]
    private let topics: [Double]

    /// - Parameters:
    ///   - seen: What the person has seen without liking it: it must not speak for others.
    ///   - storyShare: How much the story counts against what people like together, 0 to 1.
    init(_ list: SparseVector, seen: Set<Int32> = [], in index: AnimeIndex, storyShare: Double) {
        scored = index.weights.scored(list, excluding: seen)
        let count = index.anime.count
        let share = Float(min(max(storyShare, 0), 1))
        collaborative = Self.scaled(scored.scores, to: 1 - share, count: count)
        stories = Self.scaled(Self.storyScores(list, in: index), to: share, count: count)
        scores = zip(collaborative, stories).map { $0 + $1 }
        topics = Self.topicShares(list, in: index)
    }

    func parts(of item: Int32) -> Parts {
        let score = Double(scores[Int(item)])
        guard score > 0 else { return Parts(collaborative: 0, story: 0) }
        return Parts(
            collaborative: Double(collaborative[Int(item)]) / score, story: Double(stories[Int(item)]) / score)
    }

    /// The anime on the list that say most for another one, with their shares of what people like together.
    func contributions(to item: Int32, count: Int) -> [(item: Int32, share: Double)] {
        scored.contributions(to: item, count: count).map { ($0.item, Double($0.share)) }
    }

    /// The topic that both the list and an anime have most of together; nil when they share none.
    func sharedTopic(with item: Int32, in index: AnimeIndex) -> Int? {
        guard Int(item) < index.topicShares.count else { return nil }
        let products = zip(topics, index.topicShares[Int(item)]).map(*)
        guard let best = products.max(), best > 0 else { return nil }
        return products.firstIndex(of: best)
    }

    /// Brings the greatest value to `top`, so that two kinds of score can be added.
    private static func scaled(_ values: [Float], to top: Float, count: Int) -> [Float] {
        let greatest = values.max() ?? 0
        let factor = greatest > 0 ? top / greatest : 0
        return (0..<count).map { $0 < values.count ? values[$0] * factor : 0 }
    }

    /// The cosine of each story with the weighted sum of the list's stories.
    private static func storyScores(_ list: SparseVector, in index: AnimeIndex) -> [Float] {
        var profile: [Int32: Double] = [:]
        for (item, weight) in zip(list.items, list.weights) where Int(item) < index.stories.count && weight > 0 {
            let story = index.stories[Int(item)]
            for (column, value) in zip(story.columns, story.values) {
                profile[column, default: 0] += Double(weight) * value
            }
        }
        guard !profile.isEmpty else { return [] }
        let columns = profile.keys.sorted()
        let wanted = SparseRow(columns: columns, values: columns.map { profile[$0] ?? 0 }).normalised
        return index.stories.map { Float(wanted.dot($0)) }
    }

    private static func topicShares(_ list: SparseVector, in index: AnimeIndex) -> [Double] {
        var sum = Array(repeating: 0.0, count: index.topics?.topicCount ?? 0)
        for (item, weight) in zip(list.items, list.weights) where Int(item) < index.topicShares.count && weight > 0 {
            for (topic, share) in index.topicShares[Int(item)].enumerated() { sum[topic] += Double(weight) * share }
        }
        return sum
    }
}
