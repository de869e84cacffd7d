import Recommender
public import WebStandards

/// An anime to watch, and why.
public struct AnimeRecommendation: Sendable, Hashable {
    /// Why, with its part of the score, 0 to 1.
    public enum Reason: Sendable, Hashable {
        /// People who liked this anime of the person's liked the recommended one; or, by a second step, one between, which others liked
        /// together with it.
        case liked(String, share: Double, through: String?)
        /// Its story is about what the person's anime are about.
        case topic(words: [String], share: Double)
        /// Nothing is known of the person: it is liked by many.
        case popular
    }

    /// What to watch.
    public let anime: AnimeCard
    /// Only its order means something, and not even that in a list made varied.
    public let score: Double
    /// Why, the greatest parts of the score first; all parts there are would make 1.
    public let reasons: [Reason]
}

extension AnimeIndex {
    /// Recommends to a person from their list as it is now, also when the list is newer than the index.
    ///
    /// - Parameter user: A `users` document.
    public func recommend(to user: JSONObject, _ options: RecommendationOptions = .init()) -> [AnimeRecommendation] {
        guard let list = UserList(user) else { return [] }
        return recommend(
            list.rows.compactMap { row in rowOfEntry[row.entry].map { ($0, row.score, row.status) } }, options)
    }

    /// Recommends to somebody from the rows of their list, each with the anime it is of.
    func recommend(
        _ list: [(anime: Int32, score: UInt8, status: ListedEntry.Status?)], _ options: RecommendationOptions
    ) -> [AnimeRecommendation] {
        var watched = WatchedRows(count: anime.count)
        var rows: [(item: Int32, weight: Int32)] = []
        rows.reserveCapacity(list.count)
        for row in list {
            watched.note(row.anime, Watched(score: row.score, status: row.status))
            rows.append((row.anime, preferences.weight(score: Int(row.score), status: row.status)))
        }
        return recommend(SparseVector(rows), watched, options)
    }

    /// Recommends to somebody who likes some anime and dislikes others; nothing is stored.
    ///
    /// - Throws: ``IndexError`` `.unknownTitle` for an id the index does not know.
    public func recommend(
        likes ids: [String], dislikes: [String] = [], _ options: RecommendationOptions = .init()
    ) throws(IndexError) -> [AnimeRecommendation] {
        var watched = WatchedRows(count: anime.count)
        for id in dislikes { watched.note(try row(of: id), .givenUp) }
        let liked = preferences.weight(score: 9)
        var rows: [(item: Int32, weight: Int32)] = []
        for id in ids {
            let row = try row(of: id)
            watched.replace(row, .seen)
            rows.append((row, liked))
        }
        return recommend(SparseVector(rows), watched, options)
    }

    func row(of id: String) throws(IndexError) -> Int32 {
        guard let row = anime.row(of: id) else {
            throw IndexError(.unknownTitle, "'\(id)' is not in this version of the index")
        }
        return row
    }

    private func recommend(
        _ list: SparseVector, _ watched: WatchedRows, _ options: RecommendationOptions
    ) -> [AnimeRecommendation] {
        let choice = SeriesChoice(options.series, franchises, list: watched)
        let isWanted = { (row: Int32) in
            switch watched[row] {
            case nil: break
            case .planned where options.includesPlanned: break
            case .some where options.includesListed: return isAllowed(row, by: options.filter)
            default: return false
            }
            return isAllowed(row, by: options.filter) && choice.allows(row)
        }
        // Without anything that speaks for something, what many watch.
        let preference =
            list.isEmpty
            ? nil
            : Preference(
                list, unwanted: watched.rows, in: self, storyShare: options.storyShare,
                lean: options.series == .exclude ? .discovery : PopularityLean())
        let scores = preference?.scores ?? anime.cards.map { Float($0?.members ?? 0) }
        return varied(scores, options, where: isWanted).compactMap { row, score in
            card(row: row).map { card in
                let reasons = preference?.reasons(for: row, count: options.reasons, in: self) ?? [.popular]
                return AnimeRecommendation(anime: card, score: Double(score), reasons: reasons)
            }
        }
    }

    private func isAllowed(_ row: Int32, by filter: RecommendationFilter) -> Bool {
        guard let traits = traits[Int(row)], filter.allows(traits) else { return false }
        return !filter.asksForTexts || card(row: row).map(filter.allows) ?? false
    }

    /// Candidates for each place of a list that is to be varied.
    private static let candidatesPerPlace = 3

    /// The best anime, or the best and unlike one another.
    private func varied(
        _ scores: [Float], _ options: RecommendationOptions, where isWanted: (Int32) -> Bool
    ) -> [(item: Int32, score: Float)] {
        guard options.diversity > 0 else { return Ranking.top(options.count, of: scores, where: isWanted) }
        let places = min(options.count, scores.count)
        let candidates = Ranking.top(places * Self.candidatesPerPlace, of: scores, where: isWanted)
        let likeness = Likeness(of: candidates.map(\.item), in: self)
        return MaximalMarginalRelevance(diversity: Float(options.diversity))
            .order(options.count, of: candidates.map(\.score)) { likeness($0, $1) }
            .map { candidates[$0] }
    }
}
