import CrawlDomain
import Markup
import WebStandards

/// Reads selectors, fields and conditions.
struct RuleReader {
    let fragments: [String: YAMLNode]
    /// How many label rules the spider has.
    let labels: Int
    let schemas: ItemSchemas
    let converters: ConverterRegistry
    /// The spider's short name; nil where it has a mistake.
    var site: String?
    /// Whether mistakes are reported that keep nobody from reading pages.
    var isCheck = false
    /// Which fragments are used.
    let review = FragmentReview()

    /// Where a rule stands: what plain texts mean, and which names are known there.
    struct Place {
        /// Whether the value at hand is JSON; then a plain text is a path, else a CSS selector.
        var isJSON = false
        /// What pages here are; nil where they may be either, as for verdicts of a whole site.
        var document: PageKind.Document?
        /// Whether any name may be known.
        var isOpen = false
        var names: Set<String> = []
        var schema: JSONSchema?

        func inside(isJSON: Bool, schema: JSONSchema?) -> Place {
            var place = self
            (place.isJSON, place.schema) = (isJSON, schema)
            return place
        }
    }

    /// A page before its URL is known.
    var page: Place { Place(names: Self.pageNames) }

    /// Names every page has.
    static let pageNames: Set<String> = ["url", "site", "host"]

    /// What is wrong with a name that every page has already, and with another meaning.
    static func message(taken name: String) -> String {
        "every page has a '\(name)' already; expected another name than \(pageNames.sorted().joined(separator: ", "))"
    }

    /// A template whose names are all known.
    static func template(_ node: YAMLNode, _ place: Place) -> Template? {
        let template = node.template()
        for name in template?.names ?? [] where !place.names.contains(name) { report(node, unknown: name, place) }
        return template
    }

    static func report(_ node: YAMLNode, unknown name: String, _ place: Place) {
        guard !place.isOpen else { return }
        node.report(Spelling.message("nothing here is called", name, expected: place.names.sorted()))
    }

    /// One of the names; anything else is a mistake.
    static func name(_ node: YAMLNode, among names: [String], what: String) -> String? {
        guard let name = node.string() else { return nil }
        if names.contains(name) { return name }
        return node.refuse(Spelling.message("unknown \(what)", name, expected: names))
    }
}
