import WebStandards

/// Reads which sitemaps a spider wants.
struct SitemapRuleReader {
    /// The names of the spider's page kinds.
    let pages: [String]

    /// `true`, a URL or several, or `{urls, robots, pages, priority, revisit}`; nil for none.
    func read(_ node: YAMLNode?) -> SitemapRule? {
        guard let node else { return nil }
        if pages.contains(SitemapRule.page) {
            node.report("the page kind '\(SitemapRule.page)' must have another name: sitemaps are queued under it")
        }
        if node.isMap, let map = node.map() { return read(map) }
        if node.isScalar, let text = node.string(), ["true", "false"].contains(text) {
            return text == "true" ? rule(urls: [], isFromRobots: true) : nil
        }
        return rule(urls: urls(node), isFromRobots: false)
    }

    private func read(_ map: YAMLMap) -> SitemapRule {
        defer { map.close() }
        let urls = map.take("urls").map(urls) ?? []
        let kinds = map.take("pages")?.oneOrMore().compactMap { RuleReader.name($0, among: pages, what: "page kind") }
        let priority = map.take("priority")?.int(in: -1_000...1_000) ?? 0
        let isFromRobots = map.take("robots")?.bool() ?? urls.isEmpty
        let revisit = map.take("revisit")
        guard let revisit else {
            return rule(urls: urls, isFromRobots: isFromRobots, pages: kinds.map(Set.init), priority: priority)
        }
        let isNever = !revisit.isNull && revisit.isScalar && revisit.string() == "never"
        return SitemapRule(
            urls: urls, isFromRobots: isFromRobots, pages: kinds.map(Set.init), priority: priority,
            revisit: isNever ? nil : revisit.interval())
    }

    private func rule(
        urls: [WebURL], isFromRobots: Bool, pages: Set<String>? = nil, priority: Int = 0
    ) -> SitemapRule {
        SitemapRule(
            urls: urls, isFromRobots: isFromRobots, pages: pages, priority: priority, revisit: Self.usualRevisit)
    }

    /// Sites with news write their sitemaps daily; asking for an unchanged one costs one request.
    private static let usualRevisit: Duration = .seconds(86_400)

    private func urls(_ node: YAMLNode) -> [WebURL] {
        node.oneOrMore().compactMap { node in
            guard let text = node.string() else { return nil }
            guard let url = WebURL(text), url.isHTTP else {
                return node.refuse("expected true, an http or https URL, or {urls: …, pages: …}; found '\(text)'")
            }
            return url.withoutFragment.withoutCredentials
        }
    }
}
