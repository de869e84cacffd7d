public import WebStandards

/// What the catalogue needs to know of one entry.
public struct CatalogEntry: Sendable, Hashable {
    /// A stated relation to another entry.
    public struct Relation: Sendable, Hashable {
        /// How the two belong together.
        public let kind: RelationKind
        /// The other entry's key; it may not have been crawled yet.
        public let target: String

        /// Makes a relation.
        public init(_ kind: RelationKind, target: String) {
            self.kind = kind
            self.target = target
        }
    }

    /// "myanimelist:5114".
    public let key: String
    /// The spider's site.
    public let site: String
    /// The site's number of the entry.
    public let id: Int
    /// The site's main title.
    public let title: String
    /// "TV", "Movie", …; nil when unknown.
    public let type: String?
    /// ISO 8601, as precise as the site states it; nil when unknown.
    public let airedFrom: String?
    /// The relations that join, to anime only.
    public let relations: [Relation]
    /// The fields as they were read: all of them, or an ``outline``, or what an anime is made of.
    public let fields: JSONObject

    /// The stored fields that say how entries group and what groups are called.
    public static let outline = [
        "site", "id", "title", "type", "aired.from", "related.relation", "related.site", "related.id", "related.kind",
    ]

    /// Reads an entry as stored; nil when a field that every entry has is missing.
    public init?(fields: JSONObject) {
        guard let key = fields["_id"]?.stringValue, let site = fields["site"]?.stringValue,
            let id = fields["id"]?.intValue, let title = fields["title"]?.stringValue
        else { return nil }
        self.key = key
        self.site = site
        self.id = Int(id)
        self.title = title
        self.type = fields["type"]?.stringValue
        self.airedFrom = fields["aired"]?["from"]?.stringValue
        self.relations = (fields["related"]?.arrayValue ?? []).compactMap { Relation($0, site: site) }
        self.fields = fields
    }

    /// Whether this is a work of its own: not a special, a music video, an advertisement.
    public var isMain: Bool { ["TV", "Movie", "OVA", "ONA"].contains(type) }

    /// Earliest first; unknown dates last; then by site and number, so that the order is always the same.
    public static func airsBefore(_ a: CatalogEntry, _ b: CatalogEntry) -> Bool {
        let (first, second) = (a.airedFrom ?? "9999", b.airedFrom ?? "9999")
        if first != second { return first < second }
        return a.site == b.site ? a.id < b.id : a.site < b.site
    }
}

extension CatalogEntry.Relation {
    /// Reads one row of `related`; nil for manga and for relations that do not join.
    fileprivate init?(_ value: JSONValue, site: String) {
        guard value["kind"]?.stringValue == "anime", let id = value["id"]?.intValue,
            let kind = value["relation"]?.stringValue.flatMap(RelationKind.init(stated:))
        else { return nil }
        self.init(kind, target: "\(value["site"]?.stringValue ?? site):\(id)")
    }
}
