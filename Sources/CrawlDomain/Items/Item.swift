public import WebStandards

/// What kind of thing an item describes; the raw value is what `extract` prints and what changes are logged under.
public enum ItemType: String, Sendable, Hashable, Codable, CaseIterable {
    /// One anime page of one site.
    case entry
    /// One review of one entry.
    case review
    /// One person's list on one site.
    case user

    /// The MongoDB collection that holds items of this type.
    public var collection: String {
        switch self {
        case .entry: "entries"
        case .review: "reviews"
        case .user: "users"
        }
    }

    /// The name of the schema file under `schemas/`, without its ending.
    public var schemaName: String { collection }

    /// Fields that pages of their own give: an item that does not name one says nothing of it, and what is stored stays.
    public var supplements: Set<String> {
        switch self {
        case .entry:
            [
                "score_counts", "status_counts", "characters", "staff", "pictures", "more_info", "recommendation_texts",
            ]
        case .user: ["statistics", "favorites"]
        case .review: []
        }
    }
}

/// One extracted, cleaned and validated thing.
public struct Item: Sendable, Hashable {
    /// What it describes.
    public let type: ItemType
    /// Its natural key, the document's `_id`: "myanimelist:5114".
    public let key: String
    /// The fields it speaks of, `_id` included, as `schemas/` describes them.
    public var fields: JSONObject
    /// How much of its document it speaks of.
    public var extent: ItemExtent
    /// Whether its page is known to be much shorter than when it was last read well: what it lacks then, the site has taken away.
    public var isFromShorterPage = false

    /// Makes an item; `key` must equal `fields["_id"]`.
    public init(type: ItemType, key: String, fields: JSONObject, extent: ItemExtent = .whole) {
        self.type = type
        self.key = key
        self.fields = fields
        self.extent = extent
    }
}
