import Markup
import WebStandards

extension RuleReader {
    /// One way to find a value: a plain text, or a map.
    func alternative(_ node: YAMLNode, _ place: Place, reading: NodeReading = .text) -> FieldAlternative? {
        guard node.isMap, let map = node.map() else { return plain(node, place, reading: reading) }
        defer { map.close() }
        return alternative(map, place, reading: reading)
    }

    private func plain(_ node: YAMLNode, _ place: Place, reading: NodeReading) -> FieldAlternative? {
        let source: ValueSource? =
            place.isJSON ? node.jsonPath().map { .json($0, inside: nil) } : node.css().map(ValueSource.selector)
        return source.map { FieldAlternative(source: $0, reading: reading, place: RulePlace(node)) }
    }

    /// The keys of one way to find a value, taken out of a map that may have others too.
    func alternative(_ map: YAMLMap, _ place: Place, reading: NodeReading = .text) -> FieldAlternative? {
        let modifiers = modifiers(map, place, reading: reading)
        let sources = self.sources(map, place)
        guard let source = sources.first, sources.count == 1 else {
            if !sources.isEmpty { map.node.report("one way to find a value has one source; write a list of ways") }
            return sources.isEmpty && !hasSource(map) ? map.node.refuse(Self.expectedSource) : nil
        }
        let way = modifiers.with(source: source)
        reportWasted(map, source)
        reportBlind(map, place)
        return way
    }

    /// Keys that would do nothing: how a node is read, where there is none.
    private func reportWasted(_ map: YAMLMap, _ source: ValueSource) {
        let keys: [String]
        switch source {
        case .selector, .label: keys = ["inside"]
        case .json: keys = ["select", "without", "until", "as"]
        default: keys = ["select", "without", "until", "as", "inside"]
        }
        for entry in map.entries where keys.contains(entry.key) {
            entry.keyNode.report(
                entry.key == "inside"
                    ? "'inside' says where JSON stands; expected json beside it"
                    : "'\(entry.key)' is about nodes of the page; expected css, xpath or label beside it")
        }
    }

    /// Ways that look for something in what a page is not.
    private func reportBlind(_ map: YAMLMap, _ place: Place) {
        let keys: [String]
        switch (place.isJSON, place.document) {
        case (true, .json?): keys = ["css", "xpath", "meta", "json-ld", "label", "inside"]
        case (true, _): keys = ["css", "xpath"]
        case (false, .html?): keys = map.has("inside") ? [] : ["json"]
        default: return
        }
        for entry in map.entries where keys.contains(entry.key) {
            entry.keyNode.report(
                place.isJSON
                    ? "'\(entry.key)' finds nothing in JSON; expected json"
                    : "'json' finds nothing in HTML; expected inside: beside it, or document: json in the page kind")
        }
    }

    static let sourceKeys = [
        "css", "xpath", "json", "meta", "json-ld", "label", "const", "from", "text", "test", "each", "fields",
    ]
    private static let expectedSource =
        "nothing says where the value comes from; expected one of \(sourceKeys.joined(separator: ", "))"

    /// Whether a map says where a value comes from.
    func hasSource(_ map: YAMLMap) -> Bool { Self.sourceKeys.contains { map.has($0) } || map.has("include") }

    private func modifiers(_ map: YAMLMap, _ place: Place, reading: NodeReading) -> FieldAlternative {
        FieldAlternative(
            source: .constant(.null), select: map.take("select")?.css(),
            without: map.take("without")?.oneOrMore().compactMap { $0.css() } ?? [],
            until: map.take("until")?.oneOrMore().compactMap { $0.css() } ?? [],
            reading: map.take("as")?.choice(of: NodeReading.self) ?? reading, condition: openness(map, place),
            converters: steps(map.take("then"), place), place: RulePlace(map.node))
    }

    /// `when:` and `unless:`.
    func openness(_ map: YAMLMap, _ place: Place) -> Condition? {
        let parts = [
            map.take("when").flatMap { condition($0, place) },
            map.take("unless").flatMap { condition($0, place) }.map(Condition.not),
        ].compactMap(\.self)
        return parts.count > 1 ? .all(parts) : parts.first
    }

    private func sources(_ map: YAMLMap, _ place: Place) -> [ValueSource] {
        let inside = map.take("inside")?.css()
        let sources: [ValueSource?] = [
            map.take("css")?.css().map(ValueSource.selector),
            map.take("xpath")?.xpath().map(ValueSource.selector),
            map.take("json")?.jsonPath().map { .json($0, inside: inside) },
            map.take("meta").flatMap(meta).map(ValueSource.meta),
            map.take("json-ld")?.jsonPath().map(ValueSource.jsonLD),
            map.take("label").flatMap(labelled),
            map.take("const").flatMap(constant).map(ValueSource.constant),
            map.take("from").flatMap { named($0, place) },
            map.take("text").flatMap { Self.template($0, place) }.map(ValueSource.template),
            map.take("test").flatMap { condition($0, place) }.map(ValueSource.test),
            record(map, place),
        ]
        return sources.compactMap(\.self)
    }

    private func labelled(_ node: YAMLNode) -> ValueSource? {
        guard labels > 0 else { return node.refuse("the spider has no 'labels:' to find labelled values by") }
        return .label(node.atLeastOne().compactMap { $0.string() })
    }

    private func meta(_ node: YAMLNode) -> String? {
        guard let name = node.string() else { return nil }
        return name.isEmpty
            ? node.refuse("expected a meta element's name, such as og:title, found an empty text") : name
    }

    private func named(_ node: YAMLNode, _ place: Place) -> ValueSource? {
        guard let name = node.string() else { return nil }
        if !place.names.contains(name) { Self.report(node, unknown: name, place) }
        return .named(name)
    }

    private func constant(_ node: YAMLNode) -> JSONValue? {
        if node.isNull { return .null }
        guard let text = node.string() else { return nil }
        guard node.plainText != nil else { return .string(text) }
        if text == "true" || text == "false" { return .bool(text == "true") }
        return Int64(text).map(JSONValue.int) ?? fraction(text).map(JSONValue.double) ?? .string(text)
    }

    private func fraction(_ text: String) -> Double? {
        text.contains(".") && !text.contains(",") ? NumberText.double(.string(text)) : nil
    }

    /// `each:` with `fields:` is a list of objects, `fields:` alone one object.
    private func record(_ map: YAMLMap, _ place: Place) -> ValueSource? {
        // Asked for in any case, so that a mistake in another key names them as possible.
        let keys = ["each", "fields", "include"].map { map.take($0) }
        guard keys.contains(where: { $0 != nil }) else { return nil }
        let each = map.take("each").flatMap { alternative($0, place.inside(isJSON: place.isJSON, schema: nil)) }
        var inner = place.inside(isJSON: each?.givesJSON(in: place) ?? place.isJSON, schema: place.schema)
        let rules = fields(map, &inner)
        let missing =
            includesKnown(map) && inner.schema?.allows(.object) == true
            ? missing(rules.map(\.name), in: inner.schema) : []
        if !missing.isEmpty { map.node.report(Self.message(missing: missing)) }
        return .record(each: each, fields: rules)
    }
}

extension FieldAlternative {
    /// Whether what it finds is JSON rather than nodes.
    func givesJSON(in place: RuleReader.Place) -> Bool {
        guard converters.isEmpty else { return true }
        return switch source {
        case .json, .jsonLD: true
        case .selector, .label: false
        // Values that are no nodes are looked into as JSON.
        default: true
        }
    }
}
