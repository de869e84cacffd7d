import CrawlDomain
import struct Foundation.Date
import WebStandards

/// Decides of each link that a page of a spider has whether it is followed, and as which URL.
struct LinkPolicy: Sendable {
    /// What becomes of a link.
    enum Verdict: Sendable, Hashable {
        case follow(FrontierURL)
        case refuse(LinkRefusal)
        /// Not on a host of the spider.
        case outOfScope
    }

    private let spider: Spider
    private let rules: TrapRules
    private let year: Int

    /// - Parameter year: The current one, from which calendars are measured.
    init(_ spider: Spider, year: Int) {
        self.spider = spider
        rules = TrapRules(limits: spider.limits)
        self.year = year
    }

    /// What becomes of a link.
    ///
    /// - Parameter isKnown: Whether a URL was followed before, so that it need not be judged again: most links of a page lead to such.
    func verdict(
        on link: DiscoveredLink, depth: Int, via: String?, redirects: Int = 0,
        isKnown: (URLFingerprint) -> Bool = { _ in false }
    ) -> Verdict {
        let asked = withoutSession(spider.asked(link))
        guard let found = spider.frontierURL(asked, depth: depth, via: via, redirects: redirects) else {
            return .outOfScope
        }
        if isKnown(found.fingerprint) { return .follow(found) }
        let kind = spider.page(named: asked.page)
        return rules.refusal(of: found.url, depth: depth, kind: kind, year: year).map(Verdict.refuse) ?? .follow(found)
    }

    /// The link without session ids, unless its page kind needs what looks like one.
    private func withoutSession(_ link: DiscoveredLink) -> DiscoveredLink {
        guard spider.limits.stripsSessionIDs, !spider.isSitemap(link.page), let url = SessionID.stripped(link.url),
            spider.page(named: link.page)?.captures(of: url) != nil
        else { return link }
        return DiscoveredLink(url: url, page: link.page, priority: link.priority)
    }
}

extension Date {
    /// The year, a day more or less: near enough to tell a calendar that was turned too far.
    var approximateYear: Int { 1970 + Int((timeIntervalSince1970 / 31_556_952).rounded(.down)) }
}
