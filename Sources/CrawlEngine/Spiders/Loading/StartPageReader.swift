import WebStandards

/// Reads where a crawl starts.
struct StartPageReader {
    let pages: [PageKind]
    /// The names of all page kinds, those with mistakes too.
    let names: [String]
    let hosts: [HostPattern]
    /// Whether all URLs that page kinds serve are known; a mistake in one is told there.
    var isComplete = true
    /// Whether header fields are sent, which may hold secrets.
    let sendsFields: Bool

    /// A URL whose page kind its pattern tells, or `{url, page, priority}`.
    func read(_ node: YAMLNode?) -> [Spider.StartPage] {
        node?.oneOrMore().compactMap { node in
            guard node.isMap, let map = node.map() else { return startPage(node, page: nil, priority: 0) }
            defer { map.close() }
            let priority = map.take("priority")?.int(in: -1_000...1_000) ?? 0
            let page = map.take("page").flatMap { RuleReader.name($0, among: names, what: "page kind") }
            return map.require("url").flatMap { startPage($0, page: page, priority: priority) }
        } ?? []
    }

    private func startPage(_ node: YAMLNode, page: String?, priority: Int) -> Spider.StartPage? {
        guard let text = node.string() else { return nil }
        guard let url = WebURL(text), url.isHTTP else {
            return node.refuse("expected an http or https URL, found '\(text)'")
        }
        if sendsFields, url.scheme == "http", HostPattern(url.host ?? "")?.isLocal != true {
            return node.refuse("the fields of 'headers' are sent over TLS only; expected https, found '\(text)'")
        }
        guard hosts.isEmpty || hosts.contains(where: { $0.matches(url) }) else {
            let expected = hosts.map(\.description).joined(separator: ", ")
            return node.refuse("'\(text)' is on none of the spider's hosts; expected one of \(expected)")
        }
        guard isComplete || page != nil || pages.contains(where: { $0.captures(of: url) != nil }) else { return nil }
        guard let kind = page ?? pages.first(where: { $0.captures(of: url) != nil })?.name else {
            return node.refuse("no page kind serves this URL; give one with {url: …, page: …}")
        }
        return .init(url: url, page: kind, priority: priority)
    }
}
