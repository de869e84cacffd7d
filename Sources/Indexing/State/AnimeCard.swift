import Storage
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
    fileprivate func texts(_ field: String) -> [String] { self[field]?.arrayValue?.compactMap(\.stringValue) ?? [] }
}

/// All anime the index knows, each with its row; a removed one leaves its row empty.
struct AnimeTable: Sendable, Equatable {
    private(set) var registry = Registry()
    private(set) var cards: [AnimeCard?] = []
    /// Entry → the rows of the anime that name it: one, but while an entry moves from one anime to another.
    private var holders: [String: [Int32]] = [:]

    var count: Int { cards.count }

    /// Begins anew with the rows that were given before.
    init(registry: Registry = Registry()) {
        self.registry = registry
        cards = Array(repeating: nil, count: registry.count)
    }

    /// Ids of those that are not removed.
    var liveIDs: [String] { cards.compactMap { $0?.id } }

    /// How many are not removed.
    var liveCount: Int { cards.count { $0 != nil } }

    func row(of id: String) -> Int32? { registry[id].flatMap { cards[Int($0)] == nil ? nil : $0 } }

    /// The row of the anime that an entry belongs to: of several that name it the one with the last id, whichever came first; nil
    /// when none does.
    func owner(of entry: String) -> Int32? {
        guard let rows = holders[entry] else { return nil }
        let name = { (row: Int32) in registry.names[Int(row)].utf8 }
        return rows.max { name($0).lexicographicallyPrecedes(name($1)) }
    }

    private mutating func note(_ entries: [String], at row: Int32) {
        for entry in Set(entries) { holders[entry, default: []].append(row) }
    }

    private mutating func strike(_ entries: [String], at row: Int32) {
        for entry in Set(entries) {
            holders[entry]?.removeAll { $0 == row }
            if holders[entry]?.isEmpty == true { holders[entry] = nil }
        }
    }

    /// Adds or replaces an anime.
    ///
    /// - Returns: Its row, and what stood there.
    mutating func set(_ card: AnimeCard) -> (row: Int32, old: AnimeCard?) {
        let row = registry.number(of: card.id)
        if Int(row) == cards.count { cards.append(nil) }
        let old = cards[Int(row)]
        cards[Int(row)] = card
        strike(old?.entries ?? [], at: row)
        note(card.entries, at: row)
        return (row, old)
    }

    /// Empties an anime's row.
    mutating func remove(_ id: String) -> (row: Int32, old: AnimeCard)? {
        guard let row = registry[id], let old = cards[Int(row)] else { return nil }
        cards[Int(row)] = nil
        strike(old.entries, at: row)
        return (row, old)
    }

    /// Rows in one chunk: a changed card leaves the other chunks as they are.
    private static let rowsPerChunk = 128

    /// JSON lists: of each row its name, and its card if it has one.
    ///
    /// - Parameter changed: Rows that are not what was stored.
    func chunks(_ stored: StoredRows = StoredRows(), changed: Set<Int32> = []) -> [IndexChunk] {
        stored.chunks(of: cards.count, rowsPerChunk: Self.rowsPerChunk, changed: changed.map(Int.init)) { rows in
            let rows = rows.map { row in
                JSONValue.object([
                    "name": .string(registry.names[row]), "card": cards[row].map { .object($0.document) } ?? .null,
                ])
            }
            return Array(JSONValue.array(rows).serialized().utf8)
        }
    }

    init(chunks: [[UInt8]]) throws {
        var names: [String] = []
        for chunk in chunks {
            guard let rows = try JSONValue(parsing: chunk).arrayValue else { throw IndexError.corrupt("anime") }
            names += rows.map { $0["name"]?.stringValue ?? "" }
            cards += rows.map { $0["card"]?.objectValue.flatMap(AnimeCard.init) }
        }
        registry = Registry(names: names)
        for (row, card) in cards.enumerated() { note(card?.entries ?? [], at: Int32(row)) }
    }
}
