import CrawlDomain
import WebStandards

extension Extraction {
    /// Adds the next part of a list: rows go to the item of the same key, everything else is taken over.
    mutating func append(continuation more: Extraction) {
        continuation = more.continuation
        links += more.links
        drops += more.drops.filter { $0.type != nil }
        for item in more.items {
            if let index = items.firstIndex(where: { $0.key == item.key && $0.type == item.type }) {
                items[index].appendLists(of: item)
            } else {
                items.append(item)
            }
        }
    }
}

extension Item {
    /// Appends each list of `other` to the list of the same name.
    fileprivate mutating func appendLists(of other: Item) {
        for (name, value) in other.fields {
            guard let more = value.arrayValue, let rows = fields[name]?.arrayValue else { continue }
            fields[name] = .array(rows + more)
        }
    }
}
