import CrawlDomain
import WebStandards

/// Reads how often pages of a kind are asked.
struct RevisitRuleReader {
    /// The types of items that pages of the kind give.
    let items: [ItemType]
    let schemas: ItemSchemas

    private static let maximumClasses = 16

    /// A time, `never`, or `{every, min_age, max_age, weight, ignore, classes}`; nil for never.
    func read(_ node: YAMLNode) -> RevisitRule? {
        guard node.isMap, let map = node.map() else {
            if !node.isNull, node.isScalar, node.string() == "never" { return nil }
            return node.interval().map { RevisitRule(age: $0) }
        }
        defer { map.close() }
        let ignored = map.take("ignore")?.oneOrMore().compactMap(field)
        let nodes = map.take("classes")?.oneOrMore() ?? []
        let terms = terms(map, outer: nil)
        let classes = nodes.compactMap { readClass($0, outer: terms) }
        if nodes.count > Self.maximumClasses { map.node.report("more than \(Self.maximumClasses) classes") }
        guard let terms else { return nil }
        return RevisitRule(terms: terms, classes: classes, ignoredFields: ignored.map(Set.init))
    }

    /// What a class does not say is as its page kind says it, but for the limits of its age, which follow its own `every`.
    private func terms(_ map: YAMLMap, outer: RevisitTerms?) -> RevisitTerms? {
        let every = map.require("every")?.interval()
        let (minimum, maximum) = (map.take("min_age"), map.take("max_age"))
        let ages = (minimum: minimum?.interval(), maximum: maximum?.interval())
        let weight = map.take("weight")?.double(in: 0.001...1_000) ?? outer?.weight ?? 1
        guard let every else { return nil }
        if let age = ages.minimum, age > every { minimum?.report("min_age is longer than every") }
        if let age = ages.maximum, age < every { maximum?.report("max_age is shorter than every") }
        return RevisitTerms(every: every, minimumAge: ages.minimum, maximumAge: ages.maximum, weight: weight)
    }

    private func readClass(_ node: YAMLNode, outer: RevisitTerms?) -> RevisitRule.Class? {
        guard let map = node.map() else { return nil }
        defer { map.close() }
        let name = map.require("name").flatMap(className)
        let conditions = map.require("when")?.oneOrMore().compactMap(condition) ?? []
        let terms = terms(map, outer: outer)
        guard let name, let terms else { return nil }
        return RevisitRule.Class(name: name, terms: terms, conditions: conditions)
    }

    private func className(_ node: YAMLNode) -> String? {
        guard let name = node.string() else { return nil }
        let isName =
            !name.isEmpty && name.utf8.count <= 32
            && name.utf8.allSatisfy {
                [0x2D, 0x5F].contains($0) || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
            }
        return isName ? name : node.refuse("a class's name has small letters, digits, '-' and '_'; found '\(name)'")
    }

    /// `{field: status, is: …}`.
    private func condition(_ node: YAMLNode) -> ItemCondition? {
        guard let map = node.map() else { return nil }
        defer { map.close() }
        let path = map.require("field").flatMap(path)
        let tests: [ItemCondition.Test?] = [
            map.take("is").map { .value(.equals($0.strings())) },
            map.take("contains").map { .value(.contains($0.strings())) },
            map.take("starts").map { .value(.starts($0.strings())) },
            map.take("matches")?.pattern().map { .value(.matches($0)) },
            map.take("at-least")?.int(in: 0...1_000_000).map { .value(.atLeast($0)) },
            map.take("within")?.interval().map { .within($0) },
        ]
        let found = tests.compactMap(\.self)
        return path.map { ItemCondition(path: $0, tests: found.isEmpty ? [.value(.exists)] : found) }
    }

    /// A field of the page's items, or a path into one: `status`, `list[*].updated`.
    private func path(_ node: YAMLNode) -> JSONPath? { schemas.itemPath(node, in: items) }

    private func field(_ node: YAMLNode) -> String? {
        guard let name = node.string() else { return nil }
        return isKnown(name, node) ? name : nil
    }

    private func isKnown(_ name: String, _ node: YAMLNode) -> Bool {
        let names = Set(items.flatMap { schemas[$0].fieldNames ?? [] })
        if names.contains(name) { return true }
        node.report(
            items.isEmpty
                ? ItemSchemas.noItems : Spelling.message("the items have no field", name, expected: names.sorted()))
        return false
    }
}
