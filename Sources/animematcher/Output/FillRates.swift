import CrawlDomain
import WebStandards

/// How many items of each page kind have a value in each field.
struct FillRates {
    private struct Kind {
        var pages = 0
        var links = 0
        var items: [ItemType: Int] = [:]
        var filled: [ItemType: [String: Int]] = [:]
        var drops: [String: Int] = [:]
    }

    private var kinds: [String: Kind] = [:]

    /// Counts what one page gave.
    mutating func add(_ extraction: Extraction) {
        var kind = kinds[extraction.page ?? "-"] ?? Kind()
        kind.pages += 1
        kind.links += extraction.links.count
        for drop in extraction.drops { kind.drops[drop.reason.rawValue, default: 0] += 1 }
        for item in extraction.items {
            kind.items[item.type, default: 0] += 1
            for (name, value) in item.fields {
                kind.filled[item.type, default: [:]][name, default: 0] += Completeness.filledFields(of: ["": value])
            }
        }
        kinds[extraction.page ?? "-"] = kind
    }

    /// A line for each page kind, then one for each field of its items.
    var lines: [String] {
        kinds.sorted { $0.key < $1.key }.flatMap { name, kind in
            let drops = kind.drops.sorted { $0.key < $1.key }.map { ", \($0.value) \($0.key)" }.joined()
            let head = "\(name): \(kind.pages) pages, \(kind.links) links\(drops)"
            return [head]
                + kind.items.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { type, items in
                    (kind.filled[type] ?? [:]).sorted { $0.key < $1.key }.map { field, filled in
                        "  \(type.rawValue).\(field) \(filled)/\(items) \(filled * 100 / items) %"
                    }
                }
        }
    }

    /// The same as JSON, an object a page kind.
    var values: [JSONValue] {
        kinds.sorted { $0.key < $1.key }.map { name, kind in
            func object(_ counts: [String: Int]) -> JSONValue {
                .object(
                    JSONObject(counts.sorted { $0.key < $1.key }.map { (key: $0.key, value: .int(Int64($0.value))) }))
            }
            let items = kind.items.sorted { $0.key.rawValue < $1.key.rawValue }.map { type, count in
                JSONValue.object([
                    "type": .string(type.rawValue), "items": .int(Int64(count)),
                    "filled": object(kind.filled[type] ?? [:]),
                ])
            }
            return .object([
                "page": .string(name), "pages": .int(Int64(kind.pages)), "links": .int(Int64(kind.links)),
                "drops": object(kind.drops), "items": .array(items),
            ])
        }
    }
}
