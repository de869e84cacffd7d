import Markup

/// How a page writes labelled values: "Type: TV", as terms and definitions, as rows of a table, or as elements whose text ends in a colon.
struct LabelGuess {
    /// The rule, as YAML.
    let rule: String
    /// The labels seen, as a comment.
    let comment: String

    /// Fewer labels are chance.
    private static let fewest = 2

    init?(_ document: MarkupDocument) {
        for (source, place) in [("dt", "next"), ("tr > th:first-child", "next")] {
            let names = Self.names(Self.select(source, document))
            if names.count >= Self.fewest {
                self.init(rule: "{css: \"\(source)\", value: \(place)}", names: names)
                return
            }
        }
        var groups: [String: [MarkupNode]] = [:]
        for node in Self.select("b, strong, span, div, p, td, label, h3, h4", document) where Self.isLabel(node) {
            groups[Self.selector(node), default: []].append(node)
        }
        let best = groups.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
        guard let best, best.value.count >= Self.fewest, let node = best.value.first else { return nil }
        let isAlone = node.parent?.normalizedText(excluding: []) == node.normalizedText(excluding: [])
        let place = node.nextSibling.map { $0.kind == .element } ?? false
        self.init(
            rule: "{css: \"\(best.key)\", value: \(place || isAlone ? "next" : "parent")}",
            names: Self.names(best.value))
    }

    private init(rule: String, names: [String]) {
        self.rule = rule
        comment = "  # seen: \(names.prefix(20).joined(separator: ", "))"
    }

    private static func select(_ source: String, _ document: MarkupDocument) -> [MarkupNode] {
        (try? Selector(css: source)).flatMap { try? document.select($0).matches } ?? []
    }

    private static func isLabel(_ node: MarkupNode) -> Bool {
        guard node.childElements.isEmpty else { return false }
        let text = node.normalizedText(excluding: [])
        return text.hasSuffix(":") && text.count <= 31 && text.count > 1
    }

    /// The element's name with its first class, where that is plain.
    private static func selector(_ node: MarkupNode) -> String {
        let name = node.classes.first.map(String.init) ?? ""
        let isPlain =
            !name.isEmpty && name.utf8.allSatisfy { $0 == 0x5F || $0 == 0x2D || (0x61...0x7A).contains($0 | 0x20) }
        return isPlain && !name.hasPrefix("-") ? "\(node.name).\(name)" : node.name
    }

    private static func names(_ nodes: [MarkupNode]) -> [String] {
        var seen: Set<String> = []
        return nodes.map { $0.normalizedText(excluding: []) }.compactMap { text in
            let name = text.hasSuffix(":") ? String(text.dropLast()) : text
            let isPlain = name.count <= 30 && !name.isEmpty && name.allSatisfy { $0.isLetter || $0 == " " }
            return isPlain && seen.insert(name).inserted ? name : nil
        }
    }
}
