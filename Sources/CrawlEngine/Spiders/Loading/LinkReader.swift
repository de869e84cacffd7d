import CrawlDomain

/// Reads what is followed from pages of a kind.
struct LinkReader {
    let rules: RuleReader
    let pageNames: [String]

    /// A selector, or a map with a way to find it.
    func link(_ node: YAMLNode, _ place: RuleReader.Place, _ items: Set<ItemType>) -> LinkRule? {
        guard node.isMap, let map = node.map() else {
            return rules.alternative(node, place, reading: .link).map {
                LinkRule(
                    origin: .found([$0]), page: nil, priority: 0, condition: nil, minimumItems: 0, signal: [],
                    place: RulePlace(node))
            }
        }
        defer { map.close() }
        let page = map.take("page").flatMap { RuleReader.name($0, among: pageNames, what: "page kind") }
        let priority = map.take("priority")?.int(in: -1_000...1_000) ?? 0
        let minimum = follow(map.take("follow"))
        let condition = rules.openness(map, place)
        let signal = map.take("signal")
        let made = map.take("url")
        let template = made.flatMap { RuleReader.template($0, place) }
        guard let origin = made == nil ? found(map, place, items) : template.map(LinkRule.Origin.made) else {
            return nil
        }
        return LinkRule(
            origin: origin, page: page, priority: priority, condition: condition, minimumItems: minimum,
            signal: signal.map { self.signal($0, origin, place) } ?? [], place: RulePlace(node))
    }

    /// What around a link tells of the state of its page, looked for from the link.
    private func signal(_ node: YAMLNode, _ origin: LinkRule.Origin, _ place: RuleReader.Place) -> [FieldAlternative] {
        guard case .found = origin, !place.isJSON else {
            node.report("a signal stands around a link of the page; find the link with css or xpath")
            return []
        }
        return node.oneOrMore().compactMap { rules.alternative($0, place) }
    }

    private func found(_ map: YAMLMap, _ place: RuleReader.Place, _ items: Set<ItemType>) -> LinkRule.Origin? {
        if let path = map.take("item") {
            return rules.schemas.itemPath(path, in: items).map(LinkRule.Origin.items)
        }
        if let ways = map.take("any") {
            return .found(ways.oneOrMore().compactMap { rules.alternative($0, place, reading: .link) })
        }
        return rules.alternative(map, place, reading: .link).map { .found([$0]) }
    }

    /// `always`, or `{at-least: 20}` items on the page.
    private func follow(_ node: YAMLNode?) -> Int {
        guard let node else { return 0 }
        if node.isScalar {
            if node.string() != "always" { node.report("expected always, or {at-least: N}") }
            return 0
        }
        guard let map = node.map() else { return 0 }
        defer { map.close() }
        return map.require("at-least")?.int(in: 0...100_000) ?? 0
    }

    /// `{rows, full, parameter, …}` of a page kind.
    func paging(_ node: YAMLNode, _ place: RuleReader.Place, page: String) -> PagingRule? {
        guard let map = node.map() else { return nil }
        defer { map.close() }
        let rows = map.require("rows").flatMap { rules.alternative($0, place) }
        let full = map.require("full")?.int(in: 1...100_000)
        let parameter = map.require("parameter")?.string()
        let rule = (
            url: map.take("url").flatMap { RuleReader.template($0, place) },
            step: map.take("step")?.int(in: 1...100_000),
            first: map.take("first")?.int(in: 0...100_000),
            page: map.take("page").flatMap { RuleReader.name($0, among: pageNames, what: "page kind") },
            priority: map.take("priority")?.int(in: -1_000...1_000), condition: rules.openness(map, place)
        )
        guard let rows, let full, let parameter else { return nil }
        return PagingRule(
            rows: rows, full: full, url: rule.url, parameter: parameter, step: rule.step ?? 1, first: rule.first ?? 0,
            page: rule.page ?? page, priority: rule.priority ?? 0, condition: rule.condition, place: RulePlace(node))
    }
}
