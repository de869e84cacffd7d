public import WebStandards

/// One anime: its seasons, specials and films combined into the document the original system's consumers read.
public struct Anime: Sendable, Hashable {
    /// Descriptions shorter than this, in characters, say nothing and are left out (the original's rule).
    public static let shortestDescription = 140
    /// Reviews beyond this many are left out, the least noticed first, so that a document stays far below 16 MiB.
    public static let mostReviews = 200

    /// The stored fields of an entry that an anime is made of.
    public static let fieldsRead = [
        "site", "id", "title", "title_english", "title_japanese", "title_synonyms", "type", "aired.from", "openings",
        "endings", "synopsis", "img_url", "genres", "themes", "demographics", "studios", "source", "score", "members",
        "adult", "related.relation", "related.site", "related.id", "related.kind",
        "recommendations.id", "recommendations.votes",
    ]

    /// The title of the earliest main entry; unique.
    public let id: String
    /// All members, by air date.
    public let entries: [CatalogEntry]
    /// Review texts, the most noticed first.
    public let reviews: [String]
    /// Keys of entries of other anime that one of its own states a relation to which may join, and does not.
    public let apart: [String]

    /// The entry the anime is known by: the earliest main one.
    public var main: CatalogEntry { Anime.mainEntry(of: entries) ?? entries[0] }

    /// Combines the entries of one group, which must not be empty.
    public init?(id: String, entries: [CatalogEntry], reviews: [String], apart: some Sequence<String> = []) {
        guard !entries.isEmpty else { return nil }
        self.id = id
        self.entries = entries.sorted(by: CatalogEntry.airsBefore)
        self.reviews = Array(reviews.prefix(Anime.mostReviews))
        self.apart = Set(apart).sorted()
    }

    /// The earliest entry that is a work of its own; else the earliest of all.
    public static func mainEntry(of entries: [CatalogEntry]) -> CatalogEntry? {
        entries.filter(\.isMain).min(by: CatalogEntry.airsBefore) ?? entries.min(by: CatalogEntry.airsBefore)
    }

    /// The document as stored in `anime`: the original's five fields first, in its shape.
    public var document: JSONObject {
        var document: JSONObject = [
            "_id": .string(id),
            "themesongs": .array(entries.map { .array($0.songs.map(JSONValue.string)) }),
            "description": .array(descriptions.map(JSONValue.string)),
            "reviews": .array(reviews.map(JSONValue.string)),
            "img_url": .string(main.fields["img_url"]?.stringValue ?? ""),
            "entries": .array(entries.map { .string($0.key) }),
            "titles": .array(titles.map(JSONValue.string)),
            "type": main.type.map(JSONValue.string) ?? .null,
            "year": year.map { .int(Int64($0)) } ?? .null,
            "genres": union("genres"),
            "themes": union("themes"),
            "demographics": union("demographics"),
            "studios": union("studios"),
            "source": main.fields["source"] ?? .null,
            "score": main.fields["score"] ?? .null,
            "members": main.fields["members"] ?? .null,
            "adult": .bool(entries.contains { $0.fields["adult"]?.boolValue == true }),
        ]
        if !apart.isEmpty { document["apart"] = .array(apart.map(JSONValue.string)) }
        if !related.isEmpty { document["related"] = .array(related.map(JSONValue.string)) }
        if !recommendations.isEmpty { document["recommendations"] = .array(recommendations.map(\.value)) }
        return document
    }

    /// Keys of entries of other anime that one of its own says are of its series: spin-offs, alternative settings, what bears its name.
    ///
    /// Not those that a relation which would make both one anime was refused with: a crossover is of none of its series.
    public var related: [String] {
        let apart = Set(apart)
        let stated = entries.flatMap(\.relations).filter {
            $0.kind.sharesSeries && !($0.kind.strength == .joins && apart.contains($0.target))
        }
        return Set(stated.map(\.target)).subtracting(entries.map(\.key)).sorted()
    }

    /// What people recommend to those who like one of its entries: entries of other anime, those that most people name first.
    public var recommendations: [RecommendedEntry] {
        RecommendedEntry.combined(of: entries)
    }

    /// The descriptions long enough to say something, one per entry at most.
    public var descriptions: [String] {
        entries.compactMap { $0.fields["synopsis"]?.stringValue }.filter { $0.count >= Anime.shortestDescription }
    }

    /// Every title any member is known by, the main ones first, each once.
    public var titles: [String] {
        let stated = [main] + entries
        let all =
            stated.map(\.title)
            + stated.compactMap { $0.fields["title_english"]?.stringValue }
            + stated.compactMap { $0.fields["title_japanese"]?.stringValue }
            + stated.flatMap { $0.fields["title_synonyms"]?.texts ?? [] }
        var seen: Set<String> = []
        return all.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private var year: Int? { main.airedFrom.flatMap { Int($0.prefix(4)) } }

    private func union(_ field: String) -> JSONValue {
        var seen: Set<String> = []
        return .array(
            entries.flatMap { $0.fields[field]?.texts ?? [] }.filter { seen.insert($0).inserted }.map(JSONValue.string))
    }
}

extension CatalogEntry {
    /// Opening songs, then ending songs, as written.
    fileprivate var songs: [String] { (fields["openings"]?.texts ?? []) + (fields["endings"]?.texts ?? []) }
}

extension JSONValue {
    fileprivate var texts: [String] { arrayValue?.compactMap(\.stringValue) ?? [] }
}
