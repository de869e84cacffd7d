import Markup
import WebStandards

/// The labelled values of a page, by label.
struct LabelIndex {
    private var values: [String: Finding] = [:]

    init(page: PageReading) {
        for rule in page.spider.labels {
            let labels = page.select(rule.label)
            for label in labels {
                let name = Self.name(label.normalizedText)
                guard !name.isEmpty, values[name] == nil else { continue }
                values[name] = Self.value(beside: label, rule.place, among: labels)
            }
        }
    }

    subscript(names: [String]) -> [Finding] {
        names.lazy.compactMap { values[$0] }.first.map { [$0] } ?? []
    }

    private static func name(_ name: String) -> String {
        return name.hasSuffix(":") ? String(name.dropLast()).trimmed : name
    }

    private static func value(
        beside label: MarkupNode, _ place: LabelRule.Place, among labels: [MarkupNode]
    ) -> Finding? {
        switch place {
        case .parent: return label.parent.map { .node($0, except: [label]) }
        case .next:
            var next = label.nextSibling
            while let node = next, node.kind != .element { next = node.nextSibling }
            return next.map { .node($0, except: []) }
        case .rest:
            guard let parent = label.parent, let start = parent.children.firstIndex(of: label) else { return nil }
            let children = parent.children
            let end = children[(start + 1)...].firstIndex { labels.contains($0) } ?? children.endIndex
            return .node(parent, except: Set(children[...start]).union(children[end...]))
        }
    }
}

/// The contents of a page's meta elements, by name, property or itemprop.
struct MetaIndex {
    private var contents: [String: String] = [:]

    init(_ elements: [MarkupNode]) {
        for node in elements {
            guard let content = node.attribute("content") else { continue }
            for key in ["name", "property", "itemprop"] {
                guard let name = node.attribute(key)?.lowercased(), contents[name] == nil else { continue }
                contents[name] = content
            }
        }
    }

    subscript(name: String) -> String? { contents[name.lowercased()] }
}

/// The JSON-LD objects of a page.
enum LinkedData {
    static func objects(of page: PageReading) -> [JSONValue] {
        guard let selector = PageSelectors.linkedData else { return [] }
        return page.embeddedJSON(selector, from: nil).flatMap { value in
            value["@graph"]?.arrayValue ?? value.arrayValue ?? [value]
        }
    }
}
