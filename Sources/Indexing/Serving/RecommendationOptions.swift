/// What to recommend, and what to leave out; what is left out is replaced by the next best.
public struct RecommendationOptions: Sendable {
    /// How many to recommend.
    public var count = 10
    /// How many titles of the person's to name for each, and how many topics.
    public var reasons = 3
    /// How much the story counts against what people like together, 0 to 1.
    public var storyShare = 0.02
    /// How much the recommended should differ from one another, 0 to 1.
    public var diversity = 0.0
    /// What of a series may be recommended.
    public var series = SeriesMode.next
    /// Whether what the person plans to watch may be recommended.
    public var includesPlanned = false
    /// Whether what is on the person's list may be recommended, whatever became of it: to see where it would stand.
    public var includesListed = false
    /// Which anime may be recommended at all.
    public var filter = RecommendationFilter()

    /// Whether anime for adults may be recommended.
    public var includesAdult: Bool {
        get { filter.includesAdult }
        set { filter.includesAdult = newValue }
    }

    /// The defaults.
    public init() {}
}

/// Which anime may be recommended, by what is known of them.
public struct RecommendationFilter: Sendable, Hashable {
    /// Types to recommend, "TV" for instance, in any letter case; empty for all.
    public var types: Set<String> = [] { didSet { types = types.lowercased } }
    /// The years of the first broadcast; what has no year is left out then.
    public var years: ClosedRange<Int>?
    /// Genres that it must have all, in any letter case.
    public var genres: Set<String> = [] { didSet { genres = genres.lowercased } }
    /// Genres of which it must have none.
    public var unwantedGenres: Set<String> = [] { didSet { unwantedGenres = unwantedGenres.lowercased } }
    /// How many people must have it on their lists at its site.
    public var minimumMembers = 0
    /// Whether anime for adults are allowed.
    public var includesAdult = false

    /// Everything but what is for adults.
    public init() {}

    /// Whether traits do not say all.
    var asksForTexts: Bool { !types.isEmpty || !genres.isEmpty || !unwantedGenres.isEmpty }

    func allows(_ traits: AnimeTraits) -> Bool {
        guard includesAdult || !traits.adult, traits.members >= minimumMembers else { return false }
        guard let years else { return true }
        return traits.year.map(years.contains) ?? false
    }

    func allows(_ card: AnimeCard) -> Bool {
        guard allows(AnimeTraits(card)) else { return false }
        if !types.isEmpty, !types.contains(card.type?.lowercased() ?? "") { return false }
        guard !genres.isEmpty || !unwantedGenres.isEmpty else { return true }
        let own = Set(card.genres).lowercased
        return genres.isSubset(of: own) && unwantedGenres.isDisjoint(with: own)
    }
}

/// What filters ask for of every candidate, apart from the card, as a card's texts are counted when it is looked at.
struct AnimeTraits {
    let adult: Bool
    let members: Int
    let year: Int?

    init(_ card: AnimeCard) { (adult, members, year) = (card.adult, card.members, card.year) }
}

extension Set<String> {
    fileprivate var lowercased: Set<String> { Set(map { $0.lowercased() }) }
}
