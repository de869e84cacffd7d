public import struct Foundation.Date
import MongoDriver

/// A former id of an anime, bound to the entry it was called by: it means whatever anime holds that entry.
public struct AnimeAlias: Sendable, Hashable {
    /// The former id.
    public let id: String
    /// The entry's key.
    public let entry: String
    /// When the anime ceased to be called so; nil where it is about to.
    public let since: Date?

    /// An alias that is about to be.
    public init(id: String, entry: String) { (self.id, self.entry, since) = (id, entry, nil) }

    init?(_ document: BSONDocument) {
        guard let id = document["_id"]?.stringValue, let entry = document["entry"]?.stringValue else { return nil }
        (self.id, self.entry, since) = (id, entry, document["since"]?.dateValue)
    }
}
