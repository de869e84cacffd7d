import Indexing

extension RecommendationOptions {
    /// What may be stated of them.
    static let parameters: [Parameter] = [
        .integer("count", 1...100, standard: 10, "How many."),
        Parameter(
            name: "story_share", kind: .number(0...1, standard: RecommendationOptions().storyShare),
            about: "How much the story counts against what people like together."),
        Parameter(
            name: "diversity", kind: .number(0...1, standard: 0),
            about: "How much the recommended should differ from one another."),
        Parameter(
            name: "series", kind: .choice(SeriesMode.allCases.map(\.rawValue), standard: SeriesMode.next.rawValue),
            about:
                "What of a series: everything; of one that was begun the next, of others the beginning; only new ones."),
        Parameter(name: "type", kind: .texts(most: 40, times: 10), about: "Types to recommend, TV for instance."),
        Parameter(name: "genre", kind: .texts(most: 100, times: 20), about: "Genres that it must have all."),
        Parameter(name: "no_genre", kind: .texts(most: 100, times: 20), about: "Genres of which it must have none."),
        .integer("from_year", 1900...2100, standard: 1900, "The first year of broadcast."),
        .integer("to_year", 1900...2100, standard: 2100, "The last year of broadcast."),
        .integer("min_members", 0...1_000_000_000, standard: 0, "How many people must have it on their lists."),
        Parameter(name: "planned", kind: .flag, about: "Also what the person plans to watch."),
        Parameter(name: "listed", kind: .flag, about: "Also what is on the list already, to see where it would stand."),
        Parameter(name: "adult", kind: .flag, about: "Anime for adults too."),
    ]

    /// Reads them of a call that declares ``parameters``.
    init(_ call: Call) {
        self.init()
        count = call.integer("count") ?? count
        storyShare = call.number("story_share")
        diversity = call.number("diversity")
        series = SeriesMode(rawValue: call.choice("series")) ?? series
        includesPlanned = call.flag("planned")
        filter.types = Set(call.allTexts("type"))
        filter.genres = Set(call.allTexts("genre"))
        filter.unwantedGenres = Set(call.allTexts("no_genre"))
        filter.minimumMembers = call.integer("min_members") ?? 0
        filter.includesAdult = call.flag("adult")
        includesListed = call.flag("listed")
        filter.years = Self.years(call)
    }

    /// In which nothing was broadcast.
    private static let noYears = 9_999...9_999

    /// The years that were asked for; nil when none were, so that what has no year may be recommended.
    private static func years(_ call: Call) -> ClosedRange<Int>? {
        guard call.optionalText("from_year") != nil || call.optionalText("to_year") != nil else { return nil }
        let (first, last) = (call.integer("from_year") ?? 1900, call.integer("to_year") ?? 2100)
        // An empty range recommends nothing, as it says.
        return first <= last ? first...last : noYears
    }
}
