import CrawlDomain
import MongoDriver

/// Turns items into document writes.
enum ItemWrites {
    /// One write per key: of several items with one key in a batch, the last one counts.
    static func merged(_ items: [Item], cause: ChangeCause) -> [DocumentWriter.Write] {
        var order: [String] = []
        var latest: [String: Item] = [:]
        for item in items {
            if latest.updateValue(item, forKey: item.key) == nil { order.append(item.key) }
        }
        return order.compactMap { latest[$0] }.map { item in
            DocumentWriter.Write(
                subject: ChangeSubject(item.type), collection: CollectionName(item.type), key: item.key,
                fields: item.fields, bookkeeping: ["run": .string(cause.id)], guardsCompleteness: item.type == .entry)
        }
    }
}
