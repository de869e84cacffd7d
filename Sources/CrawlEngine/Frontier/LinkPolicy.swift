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
        let asked = spider.followed(link)
        guard
            let found = spider.frontierURL(
                asked, depth: depth, via: via, redirects: redirects, fingerprint: link.fingerprint)
        else { return .outOfScope }
        if isKnown(found.fingerprint) { return .follow(found) }
        let kind = spider.page(named: asked.page)
        return rules.refusal(of: found.url, depth: depth, kind: kind, year: year).map(Verdict.refuse) ?? .follow(found)
    }
}

extension Spider {
    /// A link as it is followed: as its page is asked for, and without session ids, unless its page kind needs what looks like one.
    fileprivate func followed(_ link: DiscoveredLink) -> DiscoveredLink {
        let link = asked(link)
        guard limits.stripsSessionIDs, !isSitemap(link.page), let url = SessionID.stripped(link.url),
            page(named: link.page)?.captures(of: url) != nil
        else { return link }
        return DiscoveredLink(url: url, page: link.page, priority: link.priority)
    }

    /// The link with the dedupe key of what is asked for when it is followed.
    func withFingerprint(_ link: DiscoveredLink) -> DiscoveredLink {
        let followed = frontierURL(followed(link), depth: 0, via: nil)
        return DiscoveredLink(
            url: link.url, page: link.page, priority: link.priority, signal: link.signal,
            fingerprint: followed?.fingerprint)
    }
}

extension Date {
    /// The year, a day more or less: near enough to tell a calendar that was turned too far.
    var approximateYear: Int { 1970 + Int((timeIntervalSince1970 / 31_556_952).rounded(.down)) }
}
