/// What a file of metadata says of an item, whatever data set it comes from.
///
/// Known are the columns that imports of entries know. A file of items of a data set has the set's own number as `item` and may name the
/// site's as `mal_id`; one of the site's own metadata has the latter only.
public struct ItemFacts: Sendable, Hashable {
    /// The data set's own number or name of the item.
    public let item: String?
    /// The site's number of the entry.
    public let entry: Int?
    /// All titles, the main one first.
    public let titles: [String]
    /// "TV", "Movie", …
    public let type: String?
    /// What it is made from.
    public let source: String?
    /// The year it first aired.
    public let year: Int?
    /// How many episodes it has.
    public let episodes: Int?
    /// The mean of all scores at its site.
    public let score: Double?
    /// How many people have it on their list at its site.
    public let members: Int?
    /// Genres, as they are written.
    public let genres: [String]
    /// Themes.
    public let themes: [String]
    /// For whom it was made.
    public let demographics: [String]
    /// Who made it.
    public let studios: [String]
    /// What happens in it.
    public let synopsis: String?

    /// Takes what a record says.
    public init(_ record: ImportRecord) {
        item = record.verbatim(["item", "item_id", "movieid"])
        entry = record.integer(["mal_id", "anime_id", "animeid"])
        var seen: Set<String> = []
        let stated =
            ["title", "name", "title_english", "english name", "title_japanese", "japanese name"]
            .compactMap { record.text([$0]) } + record.texts(["title_synonyms", "synonyms", "titles"])
        titles = stated.filter { seen.insert($0).inserted }
        type = record.text(["type"])
        source = record.text(["source"])
        year = record.integer(["year"])
        episodes = record.integer(["episodes", "num_episodes"])
        score = record.has(["score"]) ? record.number(["score"]) : record.number(["rating", "mean"])
        members = record.integer(["members"])
        genres = record.texts(["genres", "genre"])
        themes = record.texts(["themes", "theme"])
        demographics = record.texts(["demographics", "demographic"])
        studios = record.texts(["studios", "studio"])
        synopsis = record.text(["synopsis", "sypnopsis", "description"])
    }

    /// What two files say of the same item: the first counts, the other fills its gaps.
    public init(_ first: ItemFacts, completedBy other: ItemFacts) {
        item = first.item ?? other.item
        entry = first.entry ?? other.entry
        var seen: Set<String> = []
        titles = (first.titles + other.titles).filter { seen.insert($0).inserted }
        type = first.type ?? other.type
        source = first.source ?? other.source
        year = first.year ?? other.year
        episodes = first.episodes ?? other.episodes
        score = first.score ?? other.score
        members = first.members ?? other.members
        genres = first.genres.isEmpty ? other.genres : first.genres
        themes = first.themes.isEmpty ? other.themes : first.themes
        demographics = first.demographics.isEmpty ? other.demographics : first.demographics
        studios = first.studios.isEmpty ? other.studios : first.studios
        // A short one says that there is none yet.
        let isShort = (first.synopsis?.utf8.count ?? 0) < 140
        synopsis = isShort ? other.synopsis ?? first.synopsis : first.synopsis
    }
}
