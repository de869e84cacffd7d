import CrawlDomain
import MongoDriver

/// Turns items into document writes.
enum ItemWrites {
    private struct Identity: Hashable {
        let type: ItemType
        let key: String
    }

    /// One write per type and key (sites number entries and reviews alike): of several items with one key, the last one that
    /// speaks of a field counts.
    static func merged(_ items: [Item], cause: ChangeCause) -> [DocumentWriter.Write] {
        var order: [Identity] = []
        var latest: [Identity: Item] = [:]
        for item in items {
            let identity = Identity(type: item.type, key: item.key)
            if let earlier = latest[identity] {
                latest[identity] = item.after(earlier)
            } else {
                latest[identity] = item
                order.append(identity)
            }
        }
        return order.compactMap { latest[$0] }.map { item in
            DocumentWriter.Write(
                subject: ChangeSubject(item.type), collection: CollectionName(item.type), key: item.key,
                fields: item.fields, bookkeeping: ["run": .string(cause.id)], item: item,
                // What an operator imports is meant.
                doubtedType: cause.kind == .import ? nil : item.type)
        }
    }

    /// One write per document that goes; deleting what is not there changes nothing.
    static func deletions(of documents: [ItemIdentity]) -> [DocumentWriter.Write] {
        Set(documents).sorted { $0.key < $1.key }.map { document in
            DocumentWriter.Write(
                subject: ChangeSubject(document.type), collection: CollectionName(document.type), key: document.key,
                fields: nil)
        }
    }
}
