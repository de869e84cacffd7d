import CrawlDomain
import WebStandards

/// Compares what is read of a fixture page with what is expected.
struct PageComparison {
    let expected: PageExpectation
    let found: Extraction
    let kind: PageKind?
    let use: RuleUse

    /// All differences, those of the page first.
    var differences: [PageDifference] {
        var all: [PageDifference] = []
        compare("page", .optional(expected.page), .optional(found.page), kind?.place, into: &all)
        let drops = found.drops.map(\.reason.rawValue)
        compare("drops", .texts(expected.drops), .texts(drops), kind?.place, into: &all)
        for (drop, reason) in zip(found.drops, drops) where !expected.drops.contains(reason) {
            all.append(PageDifference("dropped", expected: nil, found: .string("\(reason): \(drop.detail)")))
        }
        compareItems(into: &all)
        compareLinks(into: &all)
        let next = found.continuation?.url.href
        compare(
            "continuation", .optional(expected.continuation), .optional(next), kind?.continuation?.place, into: &all)
        return all
    }

    private func compareItems(into all: inout [PageDifference]) {
        let keys = expected.items.map { $0["_id"]?.stringValue ?? "" }
        guard keys != found.items.map(\.key) else {
            for (fields, item) in zip(expected.items, found.items) { compare(fields, item, into: &all) }
            return
        }
        var left = found.items
        for (key, fields) in zip(keys, expected.items) {
            if let index = left.firstIndex(where: { $0.key == key }) {
                compare(fields, left.remove(at: index), into: &all)
            } else {
                all.append(PageDifference("item \(key)", expected: .object(fields), found: nil, rule: onlyRule))
            }
        }
        for item in left {
            let rule = use.rule(of: item)?.place
            all.append(PageDifference("item \(item.key)", expected: nil, found: .object(item.fields), rule: rule))
        }
        if all.isEmpty {
            compare("items", .texts(keys), .texts(found.items.map(\.key)), kind?.place, into: &all)
        }
    }

    private var onlyRule: RulePlace? { kind.flatMap { $0.items.count == 1 ? $0.items.first?.place : $0.place } }

    /// A field that `expected.jsonl` leaves out is expected to be empty.
    private func compare(_ fields: JSONObject, _ item: Item, into all: inout [PageDifference]) {
        let (rule, name) = (use.rule(of: item), "\(item.type.rawValue) \(item.key) ")
        for field in item.fields.map(\.key) + fields.map(\.key).filter({ item.fields[$0] == nil }) {
            let rules = (rule?.fields ?? []).filter { $0.name == field }
            compare(
                fields[field] ?? .null, item.fields[field] ?? .null, name + field, rules, rule?.place, into: &all)
        }
    }

    /// Goes down to what differs, and along with it to the rule for it.
    private func compare(
        _ expected: JSONValue, _ found: JSONValue, _ path: String, _ rules: [FieldRule], _ outer: RulePlace?,
        into all: inout [PageDifference]
    ) {
        let place = rules.first?.place ?? outer
        switch (expected, found) {
        case (.object(let left), .object(let right)):
            for key in right.map(\.key) + left.map(\.key).filter({ right[$0] == nil }) {
                let inner = rules.flatMap(\.recordFields).filter { $0.name == key }
                compare(left[key] ?? .null, right[key] ?? .null, "\(path).\(key)", inner, place, into: &all)
            }
        case (.array(let left), .array(let right)) where left.count == right.count:
            for (index, pair) in zip(left, right).enumerated() {
                compare(pair.0, pair.1, "\(path)[\(index)]", rules, outer, into: &all)
            }
        default: compare(path, expected, found, place, into: &all)
        }
    }

    private func compareLinks(into all: inout [PageDifference]) {
        let links = found.links.map { "\($0.page) \($0.priority) \($0.url.href)" }
        let place = kind?.links.first?.place ?? kind?.place
        for link in expected.links where !links.contains(link) {
            all.append(PageDifference("link", expected: .string(link), found: nil, rule: place))
        }
        for link in links where !expected.links.contains(link) {
            all.append(PageDifference("link", expected: nil, found: .string(link), rule: place))
        }
        if Set(links) == Set(expected.links) {
            compare("links", .texts(expected.links), .texts(links), place, into: &all)
        }
    }

    private func compare(
        _ field: String, _ expected: JSONValue, _ found: JSONValue, _ rule: RulePlace?,
        into all: inout [PageDifference]
    ) {
        let isSame =
            if let left = expected.doubleValue, let right = found.doubleValue { left == right } else {
                expected == found || (expected.isBlank && found.isBlank)
            }
        if !isSame { all.append(PageDifference(field, expected: expected, found: found, rule: rule)) }
    }
}

extension FieldRule {
    /// The fields of the objects it finds.
    var recordFields: [FieldRule] {
        alternatives.flatMap { way -> [FieldRule] in
            guard case .record(_, let fields) = way.source else { return [] }
            return fields
        }
    }
}

extension JSONValue {
    fileprivate static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    fileprivate static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
