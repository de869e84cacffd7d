import CrawlDomain
import WebStandards

/// What changed between a stored document and a new one.
enum ItemDiff {
    /// Fields that storing adds and that say nothing about the thing itself.
    static let bookkeeping: Set<String> = ["content_hash", "change", "fetched_at", "run", "spider"]

    /// The hash of a document's own fields.
    static func contentHash(of fields: JSONObject) -> ContentHash {
        ContentHash(of: .object(content(of: fields)))
    }

    /// The fields whose values differ, by name; `stored` is nil for a new document.
    static func changes(from stored: JSONObject?, to new: JSONObject?) -> [Change.Field] {
        let (old, new) = (stored.map(content) ?? [:], new.map(content) ?? [:])
        let names = Set(old.keys).union(new.keys).subtracting(["_id"]).sorted()
        return names.compactMap { name in
            guard old[name] != new[name] else { return nil }
            let (before, after) = (old[name].map(ContentHash.init(of:)), new[name].map(ContentHash.init(of:)))
            return before == after ? nil : Change.Field(name: name, old: before, new: after)
        }
    }

    /// A document's own fields.
    static func content(of fields: JSONObject) -> JSONObject {
        JSONObject(fields.filter { !bookkeeping.contains($0.key) })
    }
}
