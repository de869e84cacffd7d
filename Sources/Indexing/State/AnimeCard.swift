import WebStandards

/// What a recommendation shows of an anime, and what filters ask for.
public struct AnimeCard: Sendable, Hashable {
    /// The anime's `_id`.
    public let id: String
    /// "TV", "Movie", …; nil when unknown.
    public let type: String?
    /// The year its main entry first aired; nil when unknown.
    public let year: Int?
    /// Genres of all its entries.
    public let genres: [String]
    /// Themes of all its entries.
    public let themes: [String]
    /// Demographics of all its entries.
    public let demographics: [String]
    /// What its main entry was made from: "Manga"; nil when unknown.
    public let source: String?
    /// Its main entry's mean score at its site, 1 to 10; nil when unknown.
    public let score: Double?
    /// Every title it is known by, the main ones first.
    public let titles: [String]
    /// Studios of all its entries.
    public let studios: [String]
    /// Whether any of its entries is for adults only.
    public let adult: Bool
    /// The main entry's image; empty without one.
    public let imageURL: String
    /// How many people have it on their list at its site; 0 when unknown.
    public let members: Int
    /// Keys of the entries it combines.
    public let entries: [String]
    /// Keys of entries of other anime of its series, as far as its own pages say so.
    let related: [String]
    /// Keys of entries of other anime that it is related to.
    let apart: [String]
    /// Keys of entries that people recommend to those who like it, and how many do.
    let recommended: [Recommended]

    /// An entry of another anime, and how many people recommend it.
    struct Recommended: Sendable, Hashable {
        let entry: String
        let votes: Int
    }

    /// Reads an `anime` document; nil without an id.
    init?(_ document: JSONObject) {
        guard let id = document["_id"]?.stringValue else { return nil }
        self.id = id
        type = document["type"]?.stringValue
        year = document["year"]?.intValue.map { Int($0) }
        genres = document.texts("genres")
        themes = document.texts("themes")
        demographics = document.texts("demographics")
        source = document["source"]?.stringValue
        // Not a number is equal to nothing, so that its anime would count as changed each time.
        score = document["score"]?.doubleValue.flatMap { $0.isFinite ? $0 : nil }
        titles = document.texts("titles")
        studios = document.texts("studios")
        adult = document["adult"]?.boolValue ?? false
        imageURL = document["img_url"]?.stringValue ?? ""
        members = Int(document["members"]?.intValue ?? 0)
        entries = document.memberKeys
        related = document.texts("related")
        apart = document.apartKeys
        recommended = (document["recommendations"]?.arrayValue ?? []).compactMap { row in
            guard let entry = row["entry"]?.stringValue, let votes = row["votes"]?.intValue else { return nil }
            return Recommended(entry: entry, votes: Int(votes))
        }
    }

    /// The document this was read from, as far as it was read.
    var document: JSONObject {
        [
            "_id": .string(id), "type": type.map(JSONValue.string) ?? .null,
            "year": year.map { .int(Int64($0)) } ?? .null,
            "genres": .array(genres.map(JSONValue.string)), "titles": .array(titles.map(JSONValue.string)),
            "studios": .array(studios.map(JSONValue.string)), "adult": .bool(adult), "img_url": .string(imageURL),
            "members": .int(Int64(members)), "entries": .array(entries.map(JSONValue.string)),
            "related": .array(related.map(JSONValue.string)),
            "themes": .array(themes.map(JSONValue.string)),
            "demographics": .array(demographics.map(JSONValue.string)),
            "source": source.map(JSONValue.string) ?? .null, "score": score.map(JSONValue.double) ?? .null,
            "apart": .array(apart.map(JSONValue.string)),
            "recommendations": .array(
                recommended.map { .object(["entry": .string($0.entry), "votes": .int(Int64($0.votes))]) }),
        ]
    }
}

extension JSONObject {
    /// The texts in a field that is a list.
    func texts(_ field: String) -> [String] { self[field]?.arrayValue?.compactMap(\.stringValue) ?? [] }
}
