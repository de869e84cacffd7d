import CrawlDomain
import WebStandards

/// A document as our own export writes it: the stored fields, with what storing adds.
struct StoredDocument {
    private static let bookkeeping: Set<String> = ItemPipeline.bookkeeping

    /// The document's own fields; nil when the record is none of this type.
    static func fields(of record: ImportRecord, type: ItemType) -> JSONObject? {
        guard let object = record.object, object["_id"]?.stringValue != nil else { return nil }
        let needed: [String]
        switch type {
        case .entry: needed = ["site", "id", "title"]
        case .review: needed = ["entry_id", "text"]
        case .user: needed = ["site", "name", "list"]
        }
        guard needed.allSatisfy({ object[$0] != nil }) else { return nil }
        return JSONObject(object.filter { !bookkeeping.contains($0.key) }.map { ($0.key, plain($0.value)) })
    }

    /// Values as `mongoexport` writes them (extended JSON, version 2) as the plain ones.
    private static func plain(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let values): return .array(values.map(plain))
        case .object(let object):
            if object.count == 1, let (key, inner) = object.first(where: { _ in true }), key.hasPrefix("$") {
                if let number = ["$numberInt", "$numberLong"].contains(key) ? NumberText.int(inner) : nil {
                    return .int(number)
                }
                if let number = key == "$numberDouble" ? NumberText.double(inner) : nil { return .double(number) }
                if ["$oid", "$date"].contains(key) { return plain(inner) }
            }
            return .object(JSONObject(object.map { ($0.key, plain($0.value)) }))
        default: return value
        }
    }
}
