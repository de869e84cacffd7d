public import WebStandards

/// What the catalogue needs to know of one entry.
public struct CatalogEntry: Sendable, Hashable {
    /// A stated relation to another entry.
    public struct Relation: Sendable, Hashable {
        /// How the two belong together.
        public let kind: RelationKind
        /// The other entry's key; it may not have been crawled yet.
        public let target: String
        /// As the site writes it.
        public let stated: String

        /// Reads a relation as a site writes it.
        public init(stated: String, target: String) {
            kind = RelationKind(stated: stated)
            self.target = target
            self.stated = stated
        }

        /// Whether it may make both one anime.
        public var mayJoin: Bool { kind.strength != .leadsElsewhere }
    }

    /// "myanimelist:5114".
    public let key: String
    /// The spider's site.
    public let site: String
    /// The site's number of the entry, or its name.
    public let id: JSONValue
    /// The site's main title.
    public let title: String
    /// "TV", "Movie", …; nil when unknown.
    public let type: String?
    /// ISO 8601, as precise as the site states it; nil when unknown.
    public let airedFrom: String?
    /// Its relations to anime.
    public let relations: [Relation]
    /// Keys of the entries of other sites that this one says are the same; they may not have been crawled.
    public let sameAs: [String]
    /// The fields as they were read: all of them, or an ``outline``, or what an anime is made of.
    public let fields: JSONObject

    /// The stored fields that say how entries group and what groups are called.
    public static let outline = [
        "site", "id", "title", "title_english", "type", "aired.from", "related.relation", "related.site", "related.id",
        "related.kind",
        "external_ids.site", "external_ids.id",
    ]

    /// Reads an entry as stored; nil when a field that every entry has is missing.
    public init?(fields: JSONObject) {
        guard let key = fields["_id"]?.stringValue, let site = fields["site"]?.stringValue,
            let id = fields["id"], id.keyText != nil, let title = fields["title"]?.stringValue
        else { return nil }
        self.key = key
        self.site = site
        self.id = id
        self.title = title
        self.type = fields["type"]?.stringValue
        self.airedFrom = fields["aired"]?["from"]?.stringValue
        self.relations = (fields["related"]?.arrayValue ?? []).compactMap { Relation($0, site: site) }
        sameAs = (fields["external_ids"]?.arrayValue ?? []).compactMap { row in
            guard let other = row["site"]?.stringValue, let id = row["id"]?.keyText else { return nil }
            return "\(other):\(id)"
        }
        self.fields = fields
    }

    /// The entries that this one may be joined with, by what it says itself.
    public var neighbours: [String] { relations.filter(\.mayJoin).map(\.target) + sameAs }

    /// The titles that may support a relation: the main and the English one.
    var comparedTitles: [String] { [title] + [fields["title_english"]?.stringValue].compactMap(\.self) }

    /// Whether this is a work of its own: not a special, a music video, an advertisement.
    public var isMain: Bool { ["TV", "Movie", "OVA", "ONA"].contains(type) }

    /// Earliest first; unknown dates last; then by site and number, so that the order is always the same.
    public static func airsBefore(_ a: CatalogEntry, _ b: CatalogEntry) -> Bool {
        let (first, second) = (a.airedFrom ?? "9999", b.airedFrom ?? "9999")
        if first != second { return first < second }
        guard a.site == b.site else { return a.site < b.site }
        if let first = a.id.intValue, let second = b.id.intValue { return first < second }
        return a.key < b.key
    }
}

extension CatalogEntry.Relation {
    /// Reads one row of `related`; nil for manga.
    fileprivate init?(_ value: JSONValue, site: String) {
        guard value["kind"]?.stringValue == "anime", let id = value["id"]?.keyText,
            let stated = value["relation"]?.stringValue
        else { return nil }
        self.init(stated: stated, target: "\(value["site"]?.stringValue ?? site):\(id)")
    }
}

extension JSONValue {
    /// A number or a name as it stands in a key; nil for anything else.
    var keyText: String? { intValue.map { String($0) } ?? stringValue.flatMap { $0.isEmpty ? nil : $0 } }
}
