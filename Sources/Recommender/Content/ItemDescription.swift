/// What is known of an item without any rating.
public struct ItemDescription: Sendable, Hashable {
    /// An item that belongs to another one.
    public struct Link: Sendable, Hashable {
        /// The index of the other item.
        public var item: Int32
        /// How many people say so; 1 where it is just stated.
        public var votes: Int

        /// Makes a link.
        public init(item: Int32, votes: Int = 1) {
            self.item = item
            self.votes = votes
        }
    }

    /// Its titles, the main one first.
    public var titles: [String]
    /// Who made it.
    public var studios: [String]
    /// `TV`, `Movie`, …; nil when unknown.
    public var type: String?
    /// What it was made from: `Manga`; nil when unknown.
    public var source: String?
    /// The year it first aired; nil when unknown.
    public var year: Int?
    /// How many episodes it has; nil when unknown.
    public var episodes: Int?
    /// Its genres.
    public var genres: [String]
    /// Its themes.
    public var themes: [String]
    /// Whom it is made for: `Shounen`.
    public var demographics: [String]
    /// On how many lists of its site it stands; nil when the site does not say.
    public var members: Int?
    /// Its mean score on its site, 1 to 10; nil when the site does not say.
    public var score: Double?
    /// Items that its site states a relation to, such as the prequel.
    public var related: [Link]
    /// Items that people recommend to those who like it.
    public var recommended: [Link]
    /// The terms of its description, as `TextPipeline` makes them.
    public var terms: [String]

    /// Makes a description.
    public init(
        titles: [String] = [], studios: [String] = [], type: String? = nil, source: String? = nil, year: Int? = nil,
        episodes: Int? = nil, genres: [String] = [], themes: [String] = [], demographics: [String] = [],
        members: Int? = nil, score: Double? = nil, related: [Link] = [], recommended: [Link] = [], terms: [String] = []
    ) {
        self.titles = titles
        self.studios = studios
        self.type = type
        self.source = source
        self.year = year
        self.episodes = episodes
        self.genres = genres
        self.themes = themes
        self.demographics = demographics
        self.members = members
        self.score = score
        self.related = related
        self.recommended = recommended
        self.terms = terms
    }

    /// Whether another one says the same but for the figures that every visit of its page changes: members and score.
    func agrees(with other: ItemDescription) -> Bool {
        var same = other
        (same.members, same.score) = (members, score)
        return same == self
    }

    /// Genres, themes, demographics, studios and the year as names that cannot be mistaken for each other.
    var tags: [String] {
        genres.map { "genre \($0)" } + themes.map { "theme \($0)" } + demographics.map { "demographic \($0)" }
            + studios.map { "studio \($0)" } + (year.map { ["year \($0)"] } ?? [])
    }

    /// The words of all titles, each once, without those that only number seasons.
    var titleWords: [String] {
        var seen: Set<String> = []
        return titles.flatMap(Self.words).filter {
            $0.utf8.count > 1 && !Self.numbering.contains($0) && seen.insert($0).inserted
        }
    }

    /// The words of the main title in their order.
    var mainWords: [String] { Self.words(titles.first ?? "") }

    /// The neighbouring words of the main title; series share them more surely than single words.
    var titlePairs: [String] {
        let words = mainWords
        return zip(words, words.dropFirst()).map { "\($0) \($1)" }
    }

    /// Runs of the letters a to z and digits, in lower case.
    private static func words(_ title: String) -> [String] {
        title.utf8.split { !isWordByte($0) }.map { String(decoding: $0.map(lowered), as: UTF8.self) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let lower = lowered(byte)
        return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    private static let numbering: Set<String> = [
        "the", "of", "and", "to", "no", "wa", "ni", "ga", "wo", "tv", "ova", "movie", "special", "specials", "season",
        "2nd", "ii",
    ]
}
