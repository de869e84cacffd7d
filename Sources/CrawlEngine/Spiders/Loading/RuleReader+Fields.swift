import Markup
import WebStandards

extension RuleReader {
    /// The fields of `include:` and `fields:` in a map, each name once, the last rule for it counting; names become known on the way.
    func fields(_ map: YAMLMap, _ place: inout Place) -> [FieldRule] {
        var rules: [FieldRule] = []
        for node in map.take("include")?.oneOrMore() ?? [] {
            guard let name = Self.name(node, among: fragments.keys.sorted(), what: "fragment") else { continue }
            review.note(name)
            fields(fragments[name], &place, into: &rules)
        }
        fields(map.take("fields"), &place, into: &rules)
        return rules
    }

    /// Named values that no schema knows.
    func values(_ node: YAMLNode?, _ place: inout Place) -> [FieldRule] {
        var rules: [FieldRule] = []
        let schema = place.schema
        place.schema = nil
        for entry in node?.isMap == true ? node?.map()?.entries ?? [] : [] where Self.pageNames.contains(entry.key) {
            entry.keyNode.report(Self.message(taken: entry.key))
        }
        fields(node, &place, into: &rules)
        place.schema = schema
        return rules
    }

    func fields(_ node: YAMLNode?, _ place: inout Place, into rules: inout [FieldRule]) {
        for entry in node?.map()?.entries ?? [] {
            check(entry, place)
            if let rule = field(entry, place) {
                rules.removeAll { $0.name == entry.key }
                rules.append(rule)
            }
            place.names.insert(entry.key)
        }
    }

    /// A field the schema does not have is a mistake here, not a dropped item later.
    private func check(_ entry: YAMLMap.Entry, _ place: Place) {
        guard let names = place.schema?.fieldNames, place.schema?[property: entry.key] == nil else { return }
        entry.keyNode.report(Spelling.message("the schema has no field", entry.key, expected: names))
    }

    /// A field: one way to find it, a list of ways, or a map with `any:` or `all:`.
    private func field(_ entry: YAMLMap.Entry, _ place: Place) -> FieldRule? {
        let node = entry.value
        let schema = place.schema?[property: entry.key]
        let isList = schema.map { $0.types != nil && $0.allows(.array) && !$0.allows(.string) } ?? false
        let place = place.inside(isJSON: place.isJSON, schema: isList ? schema?.element : schema)
        guard node.isMap, let map = node.map() else {
            return rule(entry, node.atLeastOne().compactMap { alternative($0, place) }, isList: isList, place)
        }
        defer { map.close() }
        let isRequired = map.take("required")?.bool() ?? false
        let list = map.take("list")
        let takesList = list?.bool() ?? isList
        if takesList, let schema, schema.types != nil, !schema.allows(.array) {
            list?.report("the schema has one value for '\(entry.key)'; expected no list: true")
        }
        let (any, all) = (map.take("any"), map.take("all"))
        if any != nil, let all { all.report("'any' stands there already; expected one of them") }
        guard let ways = any ?? all else {
            let way = alternative(map, place)
            return rule(entry, way.map { [$0] } ?? [], isRequired: isRequired, isList: takesList, place)
        }
        return rule(
            entry, ways.atLeastOne().compactMap { alternative($0, place) }, addsUp: map.has("all"),
            converters: steps(map.take("then"), place), isRequired: isRequired, isList: takesList, place)
    }

    private func rule(
        _ entry: YAMLMap.Entry, _ alternatives: [FieldAlternative], addsUp: Bool = false,
        converters: [any ValueConverter] = [], isRequired: Bool = false, isList: Bool,
        _ place: Place
    ) -> FieldRule {
        let rule = FieldRule(
            name: entry.key, alternatives: alternatives, addsUp: addsUp, converters: converters, isRequired: isRequired,
            isList: isList, place: RulePlace(entry.keyNode))
        checkShape(entry, rule, place.schema)
        return rule
    }

    /// The steps of `then:`.
    func steps(_ node: YAMLNode?, _ place: Place) -> [any ValueConverter] {
        node?.oneOrMore().compactMap { step($0, place) } ?? []
    }

    /// A converter's name, or `{name: argument, option: …}`.
    private func step(_ node: YAMLNode, _ place: Place) -> (any ValueConverter)? {
        guard node.isMap else {
            guard let name = Self.name(node, among: converters.names, what: "converter") else { return nil }
            return converters[name]?(ConverterOptions(name: name, node: node, argument: nil, map: nil, place: place))
        }
        guard let map = node.map() else { return nil }
        defer { map.close() }
        guard let name = map.keys.first(where: { converters[$0] != nil }) else {
            return node.refuse(Spelling.message("unknown converter", map.keys.first ?? "", expected: converters.names))
        }
        let argument = map.take(name)
        let converter = converters[name]?(
            ConverterOptions(name: name, node: node, argument: argument, map: map, place: place))
        return isMeant(name, argument) ? converter : nil
    }
}
