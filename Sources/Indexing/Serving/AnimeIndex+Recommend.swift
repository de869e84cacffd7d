import Recommender
public import WebStandards

/// An anime to watch, and why.
public struct AnimeRecommendation: Sendable, Hashable {
    /// Why, with its part of the score, 0 to 1.
    public enum Reason: Sendable, Hashable {
        /// People who liked this anime of the person's liked the recommended one.
        case liked(String, share: Double)
        /// Its story is about what the person's anime are about.
        case topic(words: [String], share: Double)
        /// Nothing is known of the person: it is liked by many.
        case popular
    }

    /// What to watch.
    public let anime: AnimeCard
    /// Only its order means something.
    public let score: Double
    /// Why, the greatest parts of the score first.
    public let reasons: [Reason]
}

/// What to recommend, and what to leave out.
public struct RecommendationOptions: Sendable {
    /// How many to recommend.
    public var count = 10
    /// How many reasons to name for each.
    public var reasons = 3
    /// Whether anime for adults may be recommended.
    public var includesAdult = false
    /// How much the story counts against what people like together, 0 to 1.
    public var storyShare = 0.2

    /// The defaults.
    public init() {}
}

extension AnimeIndex {
    /// A reason with a smaller part of the score than this says nothing.
    private static let leastShare = 0.005

    /// Recommends to a person from their list as it is now, also when the list is newer than the index.
    ///
    /// - Parameter user: A `users` document.
    public func recommend(to user: JSONObject, _ options: RecommendationOptions = .init()) -> [AnimeRecommendation] {
        guard let list = UserList(user) else { return [] }
        let rows = list.rows.compactMap { row in
            rowOfEntry[row.entry].map {
                (item: $0, weight: preferences.weight(score: Int(row.score), status: row.status))
            }
        }
        return recommend(SparseVector(rows), seen: Set(rows.map(\.item)), options)
    }

    /// Recommends to somebody who likes these anime.
    ///
    /// - Throws: ``IndexError`` `.unknownTitle` for an id the index does not know.
    public func recommend(likes ids: [String], _ options: RecommendationOptions = .init()) throws(IndexError)
        -> [AnimeRecommendation]
    {
        var rows: [Int32] = []
        for id in ids { rows.append(try row(of: id)) }
        let liked = preferences.weight(score: 9)
        return recommend(SparseVector(rows.map { (item: $0, weight: liked) }), seen: Set(rows), options)
    }

    func row(of id: String) throws(IndexError) -> Int32 {
        guard let row = anime.row(of: id) else {
            throw IndexError(
                .unknownTitle, "'\(id)' is not in the index; `animematcher index update` takes in what is new")
        }
        return row
    }

    private func recommend(_ list: SparseVector, seen: Set<Int32>, _ options: RecommendationOptions)
        -> [AnimeRecommendation]
    {
        let isWanted = { (row: Int32) in
            guard let card = card(row: row), !seen.contains(row) else { return false }
            return options.includesAdult || !card.adult
        }
        guard !list.isEmpty else { return popular(options, where: isWanted) }
        let taste = Taste(list, seen: seen, in: self, storyShare: options.storyShare)
        return Ranking.top(options.count, of: taste.scores, where: isWanted).compactMap { item, score in
            card(row: item).map {
                AnimeRecommendation(anime: $0, score: Double(score), reasons: reasons(for: item, taste, options))
            }
        }
    }

    /// The true summands of a score: what people like together, then what the story is about.
    private func reasons(
        for item: Int32, _ taste: Taste, _ options: RecommendationOptions
    ) -> [AnimeRecommendation.Reason] {
        let parts = taste.parts(of: item)
        let liked = taste.contributions(to: item, count: options.reasons).compactMap {
            part -> AnimeRecommendation.Reason? in
            let share = part.share * parts.collaborative
            guard share >= Self.leastShare, let card = card(row: part.item) else { return nil }
            return .liked(card.id, share: share)
        }
        guard parts.story >= Self.leastShare, let topics, let topic = taste.sharedTopic(with: item, in: self) else {
            return liked
        }
        return liked + [.topic(words: topics.words(of: topic, count: 4), share: parts.story)]
    }

    private func popular(_ options: RecommendationOptions, where isWanted: (Int32) -> Bool) -> [AnimeRecommendation] {
        let members = anime.cards.map { Float($0?.members ?? 0) }
        return Ranking.top(options.count, of: members, where: isWanted).compactMap { item, score in
            card(row: item).map { AnimeRecommendation(anime: $0, score: Double(score), reasons: [.popular]) }
        }
    }
}
