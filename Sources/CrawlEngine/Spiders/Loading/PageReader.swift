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
        let addresses = map.require("url")?.atLeastOne() ?? []
        let patterns = addresses.compactMap { $0.urlPattern() }
        let document = map.take("document")?.choice(of: PageKind.Document.self) ?? .html
        for node in addresses where node.isScalar {
            let taken = Self.namesMeant(node).filter(RuleReader.pageNames.contains)
            for name in taken { node.report(RuleReader.message(taken: name)) }
        }
        var place = rules.page
        place.isJSON = document == .json
        place.document = document
        place.names.formUnion(patterns.flatMap(\.names))
        // What a mistaken pattern meant to capture is no mistake where it is used.
        if patterns.count < addresses.count { place.names.formUnion(addresses.flatMap(Self.namesMeant)) }
        let canonical = map.take("canonical").flatMap { RuleReader.template($0, place) }
        let verdicts = map.take("verdicts")?.oneOrMore().compactMap { rules.verdict($0, place) } ?? []
        let condition = rules.openness(map, place)
        let values = rules.values(map.take("values"), &place)
        let items = items(map, place)
        // An item whose type is mistaken may have any field.
        let types = items.count < itemNodes(map).count ? Set(ItemType.allCases) : Set(items.map(\.type))
        let links = LinkReader(rules: rules, pageNames: pageNames)
        let revisits = RevisitRuleReader(
            items: types.sorted { $0.rawValue < $1.rawValue }, schemas: rules.schemas)
        return PageKind(
            name: entry.key, patterns: patterns, revisit: map.take("revisit").flatMap(revisits.read),
            largestOffset: map.take("offset")?.int(in: 0...Int(Int32.max)), canonical: canonical,
            document: document, request: map.take("request").flatMap { PageRequestReader(patterns: patterns).read($0) },
            mustClose: map.take("must-close")?.bool() ?? true, condition: condition,
            verdicts: verdicts, values: values, expected: expectations(map.take("expect"), place),
            items: items, links: map.take("links")?.oneOrMore().compactMap { links.link($0, place, types) } ?? [],
            paging: map.take("paging").flatMap { links.paging($0, place, page: entry.key) },
            continuation: map.take("continuation").flatMap { links.paging($0, place, page: entry.key) },
            place: RulePlace(entry.keyNode))
    }

    private static func namesMeant(_ node: YAMLNode) -> [String] {
        guard node.isScalar, let text = node.string() else { return [] }
        return text.split(separator: "{").dropFirst().map { String($0.prefix { !":?.}".contains($0) }) }
    }

    private func expectations(_ node: YAMLNode?, _ place: RuleReader.Place) -> [PageKind.Expectation] {
        node?.map()?.entries.compactMap { entry in
            if !place.names.contains(entry.key) { RuleReader.report(entry.keyNode, unknown: entry.key, place) }
            return RuleReader.template(entry.value, place).map { .init(value: entry.key, template: $0) }
        } ?? []
    }

    private func items(_ map: YAMLMap, _ place: RuleReader.Place) -> [ItemRule] {
        if map.has("item"), let entry = map.entries.first(where: { $0.key == "items" }) {
            entry.keyNode.report("'item' stands there already; expected all items in a list under 'items'")
        }
        return itemNodes(map).compactMap { item($0, place) }
    }

    private func itemNodes(_ map: YAMLMap) -> [YAMLNode] {
        (map.take("item").map { [$0] } ?? []) + (map.take("items")?.oneOrMore() ?? [])
    }

    private func item(_ node: YAMLNode, _ place: RuleReader.Place) -> ItemRule? {
        guard let map = node.map() else { return nil }
        defer { map.close() }
        guard let type = map.require("type")?.choice(of: ItemType.self) else {
            // Without it nobody knows the fields; the other keys are no mistakes.
            for key in ["each", "when", "unless", "values", "include", "fields", "id", "adds", "leaves", "parts"] {
                _ = map.take(key)
            }
            return nil
        }
        let schema = rules.schemas[type]
        let each = map.take("each").flatMap { rules.alternative($0, place) }
        var inner = place.inside(isJSON: each?.givesJSON(in: place) ?? place.isJSON, schema: schema)
        let condition = rules.openness(map, place)
        let values = rules.values(map.take("values"), &inner)
        let fields = rules.fields(map, &inner)
        let extent = extent(map, names: fields.map(\.name), known: schema.fieldNames)
        if !extent.isAddition, rules.includesKnown(map) {
            let missing = rules.missing(fields.map(\.name), in: schema, filled: ["_id", "site", "url"])
            if !missing.isEmpty { node.report(RuleReader.message(missing: missing)) }
        }
        // Without a key the item still has its type, and what looks at its fields is no mistake.
        guard let key = map.require("id").flatMap({ key($0, inner) }) ?? (try? Template("")) else { return nil }
        return ItemRule(
            type: type, condition: condition, each: each, values: values, key: key, fields: fields,
            place: RulePlace(node), extent: extent)
    }

    /// The template of an item's `_id`, which begins with the site: what a page says must not become another site's item.
    private func key(_ node: YAMLNode, _ place: RuleReader.Place) -> Template? {
        guard let key = RuleReader.template(node, place) else { return nil }
        let site = rules.site.map { "\($0):" }
        if key.source.hasPrefix("{site}:") || site.map(key.source.hasPrefix) ?? true { return key }
        node.report("an item's id begins with its site; expected {site}:…, found '\(key.source)'")
        return key
    }

    /// `adds`, `leaves` and `parts` of an item whose fields have these names.
    private func extent(_ map: YAMLMap, names: [String], known: [String]?) -> ItemExtent {
        // What the page never has, the item need not name.
        let leaves =
            map.take("leaves")?.oneOrMore().compactMap {
                RuleReader.name($0, among: known ?? names, what: "field")
            } ?? []
        let parts = map.take("parts")?.map()?.entries.compactMap { entry -> (String, String)? in
            guard RuleReader.name(entry.keyNode, among: names, what: "field") != nil else { return nil }
            return entry.value.string().map { (entry.key, $0) }
        }
        return ItemExtent(
            isAddition: map.take("adds")?.bool() ?? false, leaves: Set(leaves),
            parts: Dictionary(parts ?? [], uniquingKeysWith: { $1 }))
    }
}
