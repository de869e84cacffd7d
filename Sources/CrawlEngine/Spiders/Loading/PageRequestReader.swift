import WebStandards

/// Reads how pages of a kind are asked for: `{method: POST, json: {…}, url: …}`.
struct PageRequestReader {
    let patterns: [URLPattern]

    private enum Method: String, CaseIterable { case get = "GET", post = "POST" }

    /// Deeper than any query of an API.
    private static let deepest = 16

    func read(_ node: YAMLNode) -> PageRequest? {
        guard let map = node.map() else { return nil }
        defer { map.close() }
        let url = map.take("url").flatMap { node in node.template().flatMap { address($0, at: node) } }
        let method = map.take("method")?.choice(of: Method.self) ?? .get
        let json = map.take("json")
        let body = json.flatMap { template($0, depth: 0) }
        if method == .get, let json {
            return json.refuse("a body is sent by POST only; expected method: POST beside it")
        }
        if method == .post, json == nil { return node.refuse("a POST sends a body; expected json: {…}") }
        if let json, let body { check(body.names, at: json) }
        return PageRequest(url: url, body: body)
    }

    /// Names that some URL of the kind would not have.
    private func check(_ names: some Sequence<String>, at node: YAMLNode) {
        for name in names.sorted() where !patterns.allSatisfy({ $0.requiredNames.contains(name) }) {
            let known = Set(patterns.flatMap(\.names)).sorted()
            let hint = known.contains(name) ? "; expected {\(name)|value otherwise}" : ""
            node.report("not every URL of this kind has '\(name)'\(hint)")
        }
    }

    private func address(_ template: Template, at node: YAMLNode) -> Template? {
        check(template.names, at: node)
        let sample = template.filled { _ in .string("1") }.flatMap { WebURL($0) }
        guard let sample, sample.isHTTP else {
            return node.refuse("expected an http or https URL with places such as {id}, found '\(template.source)'")
        }
        guard patterns.contains(where: { $0.match(sample) != nil }) else {
            return node.refuse("expected a URL that a url pattern of this page kind serves, found '\(template.source)'")
        }
        return template
    }

    private func template(_ node: YAMLNode, depth: Int) -> JSONTemplate? {
        guard depth < Self.deepest else { return node.refuse("nested more than \(Self.deepest) deep") }
        if node.isMap, let map = node.map() {
            let members = map.entries.compactMap { entry in
                template(entry.value, depth: depth + 1).map { (name: entry.key, value: $0) }
            }
            return .object(members)
        }
        if node.isList { return .list(node.oneOrMore().compactMap { template($0, depth: depth + 1) }) }
        if node.isNull { return .constant(.null) }
        if let plain = node.plainText { return .constant(JSONTemplate.constant(plain)) }
        guard let text = node.string() else { return nil }
        return JSONTemplate.place(text) ?? .constant(.string(text))
    }
}
