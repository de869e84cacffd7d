import CrawlDomain
public import CrawlEngine
import HTTPTypes
import WebStandards

/// The sites there are spiders for, and what an operator may have crawled of them. Files are read when they are asked about, so that a
/// spider that was put right is right.
public struct CrawlableSites: Sendable {
    private let spiders: SpiderLoader?
    private let configuration: @Sendable () -> Configuration

    /// - Parameters:
    ///   - spiders: Reads them; nil where there is no project folder, and so no site.
    ///   - configuration: What the operator has allowed.
    public init(_ spiders: SpiderLoader?, configuration: @escaping @Sendable () -> Configuration) {
        self.spiders = spiders
        self.configuration = configuration
    }

    /// Their names, in order.
    var names: [String] { spiders?.sites ?? [] }

    /// A site's name, when it is one.
    ///
    /// - Throws: 404.
    func known(_ site: String) throws(Problem) -> String {
        guard names.contains(site) else { throw Self.unknown(site) }
        return site
    }

    /// A page to be asked again, as its address is written.
    ///
    /// - Throws: 404 when the spider reads no such page; 409 when the spider cannot be read.
    func page(_ address: String, of site: String) throws(Problem) -> FrontierURL {
        guard let page = try spider(of: site).frontierURL(at: address) else {
            throw Problem(
                .notFound, "\(Wording.short(address, 300)) is not a page that the spider of \(site) reads")
        }
        return page
    }

    /// A kind of a site's pages.
    ///
    /// - Throws: 404 when the spider has no such kind; 409 when the spider cannot be read.
    func kind(_ name: String, of site: String) throws(Problem) -> String {
        let kinds = try spider(of: site).kindNames
        guard kinds.contains(name) else {
            throw Problem(
                .notFound,
                "the spider of \(site) has no page kind '\(Wording.short(name, 64))'; it has \(kinds.joined(separator: ", "))"
            )
        }
        return name
    }

    /// Whether a crawl of the site would begin.
    ///
    /// - Throws: 409 with what keeps it from beginning: most often a word of the operator's that is missing.
    func checkMayBeCrawled(_ site: String) throws(Problem) {
        let spider = try spider(of: site)
        do {
            _ = try CrawlProfile(
                spider: spider, configuration: configuration(), starts: [], run: "", version: "",
                userKey: UserNaming.environmentKey)
        } catch { throw Problem(.conflict, "\(error)") }
    }

    private static func unknown(_ site: String) -> Problem {
        Problem(.notFound, "there is no spider '\(Wording.short(site, 64))'")
    }

    private func spider(of site: String) throws(Problem) -> Spider {
        guard let spiders, spiders.sites.contains(site) else { throw Self.unknown(site) }
        do throws(SpiderError) { return try spiders.load(site: site) } catch {
            throw Problem(.conflict, "the spider of \(site) cannot be read: \(error)")
        }
    }
}
