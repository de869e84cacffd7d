import Markup
import WebStandards

/// The labelled values of a page, by label.
///
/// A value is looked for when it is asked for: a page may have as many labels as it likes, and what stands around each of them may be long.
struct LabelIndex {
    private struct Label {
        let name: String
        let node: MarkupNode
        let rule: Int
    }

    private let places: [LabelRule.Place]
    /// For each rule all that its selector found, where a value ends at the next label.
    private var found: [Set<MarkupNode>] = []
    private var labels: [Label] = []

    init(page: PageReading) {
        places = page.spider.labels.map(\.place)
        for (number, rule) in page.spider.labels.enumerated() {
            let nodes = page.select(rule.label)
            found.append(places[number] == .rest ? Set(nodes) : [])
            for node in nodes {
                let name = Self.name(node.normalizedText)
                if !name.isEmpty { labels.append(Label(name: name, node: node, rule: number)) }
            }
        }
    }

    subscript(names: [String]) -> [Finding] {
        // A page has few, and is asked for few: a table of them would cost more than looking through.
        for name in names {
            for place in labels.indices where labels[place].name == name {
                if let value = value(of: labels[place]) { return [value] }
            }
        }
        return []
    }

    private static func name(_ name: String) -> String {
        return name.hasSuffix(":") ? String(name.dropLast()).trimmed : name
    }

    private func value(of label: Label) -> Finding? {
        let node = label.node
        switch places[label.rule] {
        case .parent: return node.parent.map { .node($0, except: [node]) }
        case .next:
            var next = node.nextSibling
            while let node = next, node.kind != .element { next = node.nextSibling }
            return next.map { .node($0, except: []) }
        case .rest:
            guard let parent = node.parent, let start = parent.children.firstIndex(of: node) else { return nil }
            let children = parent.children
            let end = children[(start + 1)...].firstIndex { found[label.rule].contains($0) } ?? children.endIndex
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
