import WebStandards

/// Which sitemaps of a site are read, and what becomes of the addresses they list.
struct SitemapRule: Sendable {
    /// The page kind under which sitemaps, and robots.txt files that name them, are queued.
    static let page = "sitemap"

    /// Sitemaps to read whoever names them.
    let urls: [WebURL]
    /// Whether those that robots.txt names are read.
    let isFromRobots: Bool
    /// The page kinds that listed addresses may be of; nil for all.
    let pages: Set<String>?
    /// The priority of listed addresses.
    let priority: Int
    /// Age after which a sitemap is asked for again; nil for never.
    let revisit: Duration?

    /// Whether a URL is known to be a sitemap, or a robots.txt that names some, by itself.
    func serves(_ url: WebURL) -> Bool {
        urls.contains(url.withoutFragment) || (isFromRobots && Self.isRobotsFile(url))
            || url.path.hasSuffix("/sitemap.xml")
    }

    static func isRobotsFile(_ url: WebURL) -> Bool { url.requestTarget == "/robots.txt" }
}
