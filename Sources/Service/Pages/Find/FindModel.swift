import Indexing

/// The page *Find*, for the template `find`.
struct FindModel: Sendable {
    struct Found: Sendable {
        let id: String
        let address: String
        let facts: String?
    }

    /// One value of several that can be chosen.
    struct Choice: Sendable {
        let value: String
        let title: String
        let isChosen: Bool
    }

    let likes: [AnimeLink]
    let dislikes: [AnimeLink]
    var hasMarks: Bool
    let user: String?
    let search: String?
    /// What a search found; nil when nothing was searched for.
    let found: [Found]
    let foundNothing: Bool
    let storyShare: Double
    let diversity: Double
    let series: [Choice]
    let types: [Choice]
    let genres: [Choice]
    let fromYear: Int?
    let toYear: Int?
    let planned: Bool
    let listed: Bool
    let adult: Bool
    let hasFilters: Bool
    /// A list that goes to and fro with the page; nil without one.
    let list: String?
    let listNote: String?
    /// What could not be done.
    let message: String?
    let hasPerson: Bool
    let heading: String
    /// "12 recommendations", told to those who cannot see that the list has changed.
    let summary: String
    let results: [AnimeCardModel]
    let hasNone: Bool
    /// How many to show next; nil when there are no more.
    let more: Int?
    let address: String

    /// - Parameters:
    ///   - notes: What is to be said of the list that was brought, and what could not be done.
    init(
        _ query: FindQuery, found: [AnimeCard], results: [AnimeRecommendation], facets: Facets,
        list: CarriedList? = nil, listNote: String? = nil, message: String? = nil
    ) {
        let options = query.options
        likes = query.likes.map(AnimeLink.init)
        dislikes = query.dislikes.map(AnimeLink.init)
        hasMarks = !likes.isEmpty || !dislikes.isEmpty
        (user, search) = (query.user, query.search)
        self.found = found.map { card in
            let model = AnimeCardModel(card)
            return Found(id: model.id, address: model.address, facts: model.facts)
        }
        foundNothing = query.search != nil && found.isEmpty
        (storyShare, diversity) = (options.storyShare, options.diversity)
        series = Self.seriesTitles.map { .init(value: $0.rawValue, title: $1, isChosen: options.series == $0) }
        types = Self.choices("type", facets.types.prefix(12), query)
        genres = Self.choices("genre", facets.genres.prefix(40), query)
        (fromYear, toYear) = (query.number("from_year"), query.number("to_year"))
        (planned, listed, adult) = (options.includesPlanned, options.includesListed, options.includesAdult)
        hasFilters = query.hasFilters
        self.list = list?.text
        (self.listNote, self.message) = (listNote, message)
        hasPerson = hasMarks || query.user != nil || list?.rows.isEmpty == false
        heading = hasPerson ? "For you" : "What many people watch"
        summary =
            results.isEmpty
            ? "Nothing to recommend" : "\(results.count) \(hasPerson ? "recommendations" : "popular anime")"
        self.results = results.map(AnimeCardModel.init)
        hasNone = results.isEmpty
        more = results.count == options.count && results.count < Self.most ? min(Self.most, results.count + 12) : nil
        address = query.address
    }

    private static let most = 100

    private static let seriesTitles: [(SeriesMode, String)] = [
        (.next, "Hide sequels of what I have not begun"), (.exclude, "Only series that are new to me"),
        (.all, "Show every part of a series"),
    ]

    /// What there is, and what was asked for although there is none of it.
    private static func choices(_ name: String, _ values: some Sequence<String>, _ query: FindQuery) -> [Choice] {
        values.map { Choice(value: $0, title: $0, isChosen: query.has(name, $0)) }
    }
}
