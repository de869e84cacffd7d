public import Markup
public import WebStandards

/// What a page's head says of addresses: its base, the address it wants to be known by, and the one it sends its readers to.
public struct PageAddresses {
    /// A meta refresh that leads to another page.
    public struct Refresh: Sendable, Hashable {
        /// Where it leads, without fragment.
        public let url: WebURL
        /// How long a reader would wait.
        public let delay: Duration
    }

    /// Makes URLs of the page's references; its base is the first `<base href>` that leads to a web page, else the page's own URL.
    public let resolver: LinkResolver
    private let document: MarkupDocument?
    private let url: WebURL

    static let baseElements = try? Selector(css: "base[href]")
    static let refreshElements = try? Selector(xpath: "//meta[@http-equiv][@content][not(ancestor::noscript)]")
    static let canonicalElements = try? Selector(css: "link[rel][href]")

    /// Reads the page at `url`; a page that is no mark-up says nothing.
    public init(of document: MarkupDocument?, at url: WebURL, encoding: CharacterEncoding = .utf8) {
        self.document = document
        self.url = url
        // Only the first one counts; one that leads elsewhere than to a web page is as good as none.
        let href = Self.nodes(Self.baseElements, of: document).first?.attribute("href")
        let base = href.flatMap(LinkResolver(base: url, encoding: encoding).url)
        resolver = LinkResolver(base: base ?? url, encoding: encoding)
    }

    /// What relative references are relative to.
    public var base: WebURL { resolver.base }

    /// Where readers are sent; nil when they stay. A page that only loads itself anew sends nobody, and what only a browser without
    /// scripts would obey does not count.
    public var refresh: Refresh? {
        let asked = Self.nodes(Self.refreshElements, of: document).lazy
            .filter { $0.attribute("http-equiv")?.lowercased() == "refresh" }
            .compactMap { $0.attribute("content").flatMap { MetaRefresh($0) } }
            .first
        guard let asked, !asked.target.isEmpty, let target = resolver.url(asked.target)?.withoutFragment,
            target != url.withoutFragment
        else { return nil }
        return Refresh(url: target, delay: asked.delay)
    }

    /// The address the page wants to be known by, from a `Link` header or its head; nil when it states none.
    ///
    /// Source: RFC 6596.
    public func canonical(linkHeaders: [String] = []) -> WebURL? {
        let header = linkHeaders.lazy.flatMap(LinkHeader.list).first { $0.relations.contains("canonical") }
        // A header is not part of the page: its references know nothing of the base.
        if let header, let found = LinkResolver(base: url).url(header.target) { return found.withoutFragment }
        return Self.nodes(Self.canonicalElements, of: document)
            .first { LinkRelation.words($0.attribute("rel")).contains("canonical") }?
            .attribute("href").flatMap(resolver.url)?.withoutFragment
    }

    /// What a selector finds; nothing where it takes too many steps, since a page that is so made has no address worth following.
    private static func nodes(_ selector: Selector?, of document: MarkupDocument?) -> [MarkupNode] {
        guard let document, let selector else { return [] }
        return (try? document.select(selector).matches) ?? []
    }
}
