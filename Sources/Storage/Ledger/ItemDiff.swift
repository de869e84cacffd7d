import CrawlDomain
import WebStandards

/// What changed between a stored document and a new one.
enum ItemDiff {
    /// Fields that storing adds and that say nothing about the thing itself.
    static let bookkeeping: Set<String> = [
        "content_hash", "change", "fetched_at", "run", "spider", "quarantine", "absence",
    ]

    /// The hash of a document's own fields.
    static func contentHash(of fields: JSONObject) -> ContentHash {
        // As of the whole object, without making one of the fields that count.
        var bytes = [UInt8(ascii: "{")]
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) where !bookkeeping.contains(name) {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes += JSONValue.string(name).serializedBytes()
            bytes.append(UInt8(ascii: ":"))
            bytes += value.serializedBytes(sortedKeys: true)
        }
        bytes.append(UInt8(ascii: "}"))
        return ContentHash(ofBytes: bytes)
    }

    /// What a new document is written down with: the hash of its own fields, and of each.
    static func hashes(ofNew fields: JSONObject) -> (content: ContentHash, fields: [Change.Field]) {
        var (bytes, changes): ([UInt8], [Change.Field]) = ([UInt8(ascii: "{")], [])
        bytes.reserveCapacity(8_192)
        changes.reserveCapacity(fields.count)
        fields.withMembers { members in
            for place in members.indices.sorted(by: { members[$0].key < members[$1].key }) {
                let name = members[place].key
                guard !bookkeeping.contains(name) else { continue }
                if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
                JSONValue.string(name).appendSerialized(to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                let start = bytes.count
                members[place].value.appendSerialized(to: &bytes, sortedKeys: true)
                if name == "_id" { continue }
                let hash = known(members[place].value) ?? ContentHash(ofBytes: bytes[start...])
                changes.append(Change.Field(name: name, old: nil, new: hash))
            }
        }
        bytes.append(UInt8(ascii: "}"))
        return (ContentHash(ofBytes: bytes), changes)
    }

    /// The fields whose values differ, by name; `stored` is nil for a new document.
    static func changes(from stored: JSONObject?, to new: JSONObject?) -> [Change.Field] {
        guard let old = stored.map(content), let new = new.map(content) else { return all(of: stored, new) }
        let names = Set(old.keys).union(new.keys).subtracting(["_id"]).sorted()
        return names.compactMap { name in
            guard old[name] != new[name] else { return nil }
            let (before, after) = (old[name].map(ContentHash.init(of:)), new[name].map(ContentHash.init(of:)))
            return before == after ? nil : Change.Field(name: name, old: before, new: after)
        }
    }

    /// The fields of a document that is new, or that goes.
    private static func all(of stored: JSONObject?, _ new: JSONObject?) -> [Change.Field] {
        let fields = (stored ?? new ?? [:]).filter { $0.key != "_id" && !bookkeeping.contains($0.key) }
        return fields.sorted { $0.key < $1.key }.map { name, value in
            let hash = hash(of: value)
            return Change.Field(name: name, old: stored == nil ? nil : hash, new: stored == nil ? hash : nil)
        }
    }

    private static func hash(of value: JSONValue) -> ContentHash { known(value) ?? ContentHash(of: value) }

    /// Half of the fields of most documents are empty.
    private static func known(_ value: JSONValue) -> ContentHash? {
        switch value {
        case .null: emptyValue
        case .array(let values) where values.isEmpty: emptyList
        default: nil
        }
    }

    private static let emptyValue = ContentHash(of: .null)
    private static let emptyList = ContentHash(of: .array([]))

    /// A document's own fields.
    static func content(of fields: JSONObject) -> JSONObject {
        JSONObject(uniqueMembers: fields.filter { !bookkeeping.contains($0.key) })
    }
}
