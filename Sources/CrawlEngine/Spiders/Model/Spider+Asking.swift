public import CrawlDomain
public import WebStandards

extension Spider {
    /// A link as its page is asked for: without the parameters that say nothing (`canonical: {drop: …}`), so that a site is not told on each
    /// visit that somebody came by its newsletter. What is left keeps its order; a redirect that adds them again is followed as it is.
    ///
    /// A kind may say under which address its pages are asked for (`request: {url: …}`), such as that of an API for a page for people.
    func asked(_ link: DiscoveredLink) -> DiscoveredLink {
        let link = addressed(link)
        let silent = canonical.rules.dropParameters
        guard !silent.isEmpty, link.url.query != nil, !isSitemap(link.page) else { return link }
        return DiscoveredLink(
            url: link.url.normalised(removingParameters: silent), page: link.page, priority: link.priority,
            signal: link.signal)
    }

    /// A page that a person names by its address, to be asked for before all others; nil where the spider reads no such page.
    public func frontierURL(at address: String) -> FrontierURL? {
        guard let url = WebURL(address), url.isHTTP, let page = page(for: url) else { return nil }
        return frontierURL(
            addressed(DiscoveredLink(url: url, page: page, priority: Self.urgent)), depth: 0, via: nil)
    }

    /// Where a schedule's crawls would start although the spider reads no such pages.
    func strangeStarts(of schedule: Schedule) -> [String] {
        schedule.crawl.compactMap { $0.name == "start" ? $0.value : nil }.filter { frontierURL(at: $0) == nil }
    }

    /// The priority of what somebody asks for by name.
    private static let urgent = 100

    /// The kinds of pages as they may be named, that of sitemaps included.
    public var kindNames: [String] { pages.map(\.name) + (sitemaps == nil ? [] : [SitemapRule.page]) }

    /// A URL at the address under which pages of its kind are asked for.
    public func addressed(_ url: WebURL) -> WebURL {
        guard let page = page(for: url) else { return url }
        return addressed(DiscoveredLink(url: url, page: page, priority: 0)).url
    }

    /// Whether the server at a URL's port is the site's: at a port that `hosts`, `start` or a `request` names, or the scheme's own. Another
    /// port is often another owner's.
    func isOwnPort(_ url: WebURL) -> Bool {
        // A port that is the scheme's own is left out of a URL.
        url.port == nil
            || hosts.contains { $0.port != nil && $0.matches(url) }
            || start.contains { $0.url.origin == url.origin } || pages.contains { $0.request?.origin == url.origin }
    }

    /// A link at the address under which its page is asked for.
    public func addressed(_ link: DiscoveredLink) -> DiscoveredLink {
        guard let kind = page(named: link.page), kind.request?.url != nil else { return link }
        let url = kind.address(of: link.url)
        return url == link.url || !isInScope(url)
            ? link : DiscoveredLink(url: url, page: link.page, priority: link.priority, signal: link.signal)
    }
}
