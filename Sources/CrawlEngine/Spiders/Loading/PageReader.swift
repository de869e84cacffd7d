import CrawlDomain
import Markup
import WebStandards

/// Reads one page kind.
struct PageReader {
    let rules: RuleReader
    let pageNames: [String]

    func read(_ entry: YAMLMap.Entry) -> PageKind? {
        guard let map = entry.value.map() else { return nil }
        defer { map.close() }
        let patterns = map.take("url")?.oneOrMore().compactMap { $0.urlPattern() } ?? []
        let document = map.take("document")?.choice(of: PageKind.Document.self) ?? .html
        var place = rules.page
        place.isJSON = document == .json
        place.names.formUnion(patterns.flatMap(\.names))
        let canonical = map.take("canonical").flatMap { RuleReader.template($0, place) }
        let verdicts = map.take("verdicts")?.oneOrMore().compactMap { rules.verdict($0, place) } ?? []
        let condition = rules.openness(map, place)
        let values = rules.values(map.take("values"), &place)
        let items = items(map, place)
        let revisits = RevisitRuleReader(
            items: Set(items.map(\.type)).sorted { $0.rawValue < $1.rawValue }, schemas: rules.schemas)
        return PageKind(
            name: entry.key, patterns: patterns, revisit: map.take("revisit").flatMap(revisits.read),
            largestOffset: map.take("offset")?.int(in: 0...Int(Int32.max)), canonical: canonical,
            document: document, request: map.take("request").flatMap { PageRequestReader(patterns: patterns).read($0) },
            mustClose: map.take("must-close")?.bool() ?? true, condition: condition,
            verdicts: verdicts, values: values, expected: expectations(map.take("expect"), place),
            items: items, links: map.take("links")?.oneOrMore().compactMap { link($0, place) } ?? [],
            paging: map.take("paging").flatMap { paging($0, place, page: entry.key) },
            continuation: map.take("continuation").flatMap { paging($0, place, page: entry.key) },
            place: RulePlace(entry.keyNode))
    }

    private func expectations(_ node: YAMLNode?, _ place: RuleReader.Place) -> [PageKind.Expectation] {
        node?.map()?.entries.compactMap { entry in
            if !place.names.contains(entry.key) { RuleReader.report(entry.keyNode, unknown: entry.key, place) }
            return RuleReader.template(entry.value, place).map { .init(value: entry.key, template: $0) }
        } ?? []
    }

    private func items(_ map: YAMLMap, _ place: RuleReader.Place) -> [ItemRule] {
        let nodes = (map.take("item").map { [$0] } ?? []) + (map.take("items")?.oneOrMore() ?? [])
        return nodes.compactMap { item($0, place) }
    }

    private func item(_ node: YAMLNode, _ place: RuleReader.Place) -> ItemRule? {
        guard let map = node.map() else { return nil }
        defer { map.close() }
        guard let type = map.require("type")?.choice(of: ItemType.self) else {
            // Without it nobody knows the fields; the other keys are no mistakes.
            for key in ["each", "when", "unless", "values", "include", "fields", "id"] { _ = map.take(key) }
            return nil
        }
        let schema = rules.schemas[type]
        let each = map.take("each").flatMap { rules.alternative($0, place) }
        var inner = place.inside(isJSON: each?.givesJSON(in: place) ?? place.isJSON, schema: schema)
        let condition = rules.openness(map, place)
        let values = rules.values(map.take("values"), &inner)
        let fields = rules.fields(map, &inner)
        let extent = extent(map, names: fields.map(\.name))
        guard let key = map.require("id").flatMap({ RuleReader.template($0, inner) }) else { return nil }
        return ItemRule(
            type: type, condition: condition, each: each, values: values, key: key, fields: fields,
            place: RulePlace(node), extent: extent)
    }

    /// `adds`, `leaves` and `parts` of an item whose fields have these names.
    private func extent(_ map: YAMLMap, names: [String]) -> ItemExtent {
        let leaves =
            map.take("leaves")?.oneOrMore().compactMap { RuleReader.name($0, among: names, what: "field") } ?? []
        let parts = map.take("parts")?.map()?.entries.compactMap { entry -> (String, String)? in
            guard RuleReader.name(entry.keyNode, among: names, what: "field") != nil else { return nil }
            return entry.value.string().map { (entry.key, $0) }
        }
        return ItemExtent(
            isAddition: map.take("adds")?.bool() ?? false, leaves: Set(leaves),
            parts: Dictionary(parts ?? [], uniquingKeysWith: { $1 }))
    }

    private func link(_ node: YAMLNode, _ place: RuleReader.Place) -> LinkRule? {
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
        let template = map.take("url").flatMap { RuleReader.template($0, place) }
        guard let origin = template.map(LinkRule.Origin.made) ?? found(map, place) else { return nil }
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

    private func found(_ map: YAMLMap, _ place: RuleReader.Place) -> LinkRule.Origin? {
        if let path = map.take("item") { return path.jsonPath().map(LinkRule.Origin.items) }
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

    private func paging(_ node: YAMLNode, _ place: RuleReader.Place, page: String) -> PagingRule? {
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
