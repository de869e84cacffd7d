public import CrawlDomain
import Markup
public import WebStandards

/// How to read one site: compiled once from a file in `Spiders/`, then only read.
public struct Spider: Sendable {
    /// The site's terms, as its operator must acknowledge them.
    public struct Terms: Sendable, Hashable {
        /// Where they stand.
        public let url: String?
        /// What the operator should know of them.
        public let note: String?
        /// Where the site's official API is described, which is to be preferred; nil when it has none.
        public let api: String?
        /// When they were last changed, as far as the spider's author knows: who read them earlier must read them again.
        public let changed: CalendarDay?
    }

    /// What the spider asks of politeness; the crawl may be slower, never faster.
    public struct Politeness: Sendable, Hashable {
        /// Shortest time between two requests to one host.
        public let delay: Duration?
        /// Shortest time between two requests to any of the site's hosts.
        public var siteDelay: Duration?
        /// Requests to the site in a UTC day.
        public var dailyBudget: Int?
        /// Requests to one of its hosts in a UTC day.
        public var hostDailyBudget: Int?

        /// What a budget may be.
        static let budgets = 1...1_000_000_000
    }

    /// A page a crawl starts from.
    public struct StartPage: Sendable, Hashable {
        /// Where the crawl starts.
        public let url: WebURL
        /// The kind of page it is.
        public let page: String
        /// Larger is sooner.
        public let priority: Int
    }

    /// The site's short name, part of every key.
    public let site: String
    /// The site's name for people.
    public let name: String
    /// Identity of the file it was read from: changes with it, so that stored items tell which spider read them.
    public let version: String
    /// The hosts in scope.
    public let hosts: [HostPattern]
    /// What the operator must acknowledge; nil when the file says nothing.
    public let terms: Terms?
    /// What the spider asks of politeness.
    public let politeness: Politeness
    /// Whether cookies are remembered and sent, for as long as a run lasts.
    public let usesCookies: Bool
    /// The header fields sent with each page.
    public let fields: [RequestField]
    /// The pages a crawl starts from.
    public let start: [StartPage]
    /// The page kinds, in the order in which they are tried.
    public let pages: [PageKind]
    let canonical: SiteCanonicalisation
    /// How far links are followed.
    public let limits: LinkLimits
    /// Which sitemaps are read; nil for none.
    let sitemaps: SitemapRule?
    let verdicts: [VerdictRule]
    let labels: [LabelRule]
    /// Texts that stand for "nothing here"; they are read as no value.
    let placeholders: [String]
    /// By the name of the page kind, what its pages are asked.
    let selectorSets: [String: SelectorSet]
    /// When the site is crawled, unless the configuration says otherwise.
    public let schedules: [Schedule]
}

extension Spider {
    /// Whether a URL is on one of the spider's hosts.
    public func isInScope(_ url: WebURL) -> Bool { hosts.contains { $0.matches(url) } }

    /// The name of the first page kind whose URLs include this one; nil out of scope or when there is none.
    public func page(for url: WebURL) -> String? {
        guard isInScope(url) else { return nil }
        if let kind = pages.first(where: { $0.captures(of: url) != nil }) { return kind.name }
        return sitemaps?.serves(url) == true ? SitemapRule.page : nil
    }

    /// A page kind by name.
    public func page(named name: String) -> PageKind? { pages.first { $0.name == name } }

    /// How often pages of a kind are asked again; nil for never.
    public func revisitRule(of page: String) -> RevisitRule? {
        isSitemap(page) ? sitemaps?.revisit.map { RevisitRule(age: $0) } : self.page(named: page)?.revisit
    }

    /// Age after which a page of a kind is usually asked again; nil for never.
    public func revisitAge(of page: String) -> Duration? { revisitRule(of: page)?.terms.every }

    /// Whether a page kind is that of sitemaps, which no file defines.
    public func isSitemap(_ page: String) -> Bool { sitemaps != nil && page == SitemapRule.page }

    /// The dedupe key of a URL, by the rules of the site and of the page kind. A sitemap keeps all its parameters; a URL of another site
    /// is none of the spider's business.
    public func canonicalURL(_ url: WebURL, page: String? = nil) -> CanonicalURL {
        guard isInScope(url) else { return CanonicalURL(url) }
        if let page, isSitemap(page) { return canonical.canonicalURL(url, kind: nil, rules: .init()) }
        let kind = page.flatMap { self.page(named: $0) } ?? pages.first { $0.captures(of: url) != nil }
        return canonical.canonicalURL(url, kind: kind)
    }

    /// The URL to put into the frontier for a link; nil out of scope.
    ///
    /// - Parameter fingerprint: Its dedupe key, where that is known.
    public func frontierURL(
        _ link: DiscoveredLink, depth: Int, via: String?, redirects: Int = 0, fingerprint: URLFingerprint? = nil
    ) -> FrontierURL? {
        guard isInScope(link.url) else { return nil }
        let url = link.url.withoutFragment.withoutCredentials
        return FrontierURL(
            url: url, fingerprint: fingerprint ?? canonicalURL(url, page: link.page).fingerprint, site: site,
            page: link.page, priority: link.priority, depth: depth, via: via, redirects: redirects,
            signal: link.signal)
    }

    /// The start pages as the frontier takes them, and the sitemaps.
    public var seeds: [FrontierURL] {
        let pages = start.map { DiscoveredLink(url: $0.url, page: $0.page, priority: $0.priority) }
        let maps = sitemapSeeds.map { url in
            DiscoveredLink(url: url, page: SitemapRule.page, priority: (sitemaps?.priority ?? 0) + 1)
        }
        return (pages + maps).compactMap { frontierURL($0, depth: 0, via: nil) }
    }

    /// The sitemaps the file names, and each robots.txt that may name others: those beside the start pages, or of all hosts where there are
    /// none.
    private var sitemapSeeds: [WebURL] {
        guard let sitemaps else { return [] }
        guard sitemaps.isFromRobots else { return sitemaps.urls }
        let origins = start.isEmpty ? hosts.map { "https://\($0)" } : start.map(\.url.origin)
        var seen: Set<String> = []
        return sitemaps.urls + origins.filter { seen.insert($0).inserted }.compactMap { WebURL("\($0)/robots.txt") }
    }
}
