import CrawlDomain
import Foundation
import WebStandards

extension PageVisit {
    /// When the page is visited again, by whether it has changed; nil for never.
    func fork(_ end: VisitEnd, _ extraction: Extraction?, statedFreshness: Int64?, now: Date) -> RevisitFork? {
        guard let rule = context.profile.spider.revisitRule(of: url.entry.page) else { return nil }
        let items = extraction?.items ?? []
        let known = url.revisit?.className
        let className = items.isEmpty ? known : rule.className(of: items, now: now)
        let freshness = Duration.seconds(statedFreshness ?? 0)
        return context.revisits.policy.fork(
            after: url, comparison(end, extraction), className: className, terms: rule.terms(of: className),
            ignored: rule.ignored, statedFreshness: min(freshness, RevisitAge.maximumFreshness), now: now)
    }

    private func comparison(_ end: VisitEnd, _ extraction: Extraction?) -> RevisitPolicy.Comparison {
        switch end {
        case .notModified: return .unchanged
        case .read(let drop?): return .digest("drop:\(drop.rawValue)", hasItems: false)
        case .refused(let status): return .digest("http:\(status)", hasItems: false)
        case .read(nil):
            guard let extraction, extraction.items.isEmpty else { return .digest("items", hasItems: true) }
            return .digest(Self.digest(of: extraction.links), hasItems: false)
        case .redirected, .moved, .contradictoryNotModified, .failed, .disallowed, .blocked:
            return .digest("redirected", hasItems: false)
        }
    }

    /// A page without items is what it links to, and what it says of it.
    private static func digest(of links: [DiscoveredLink]) -> String {
        let lines = links.map { link in
            switch link.signal {
            case .content(let heard)?: "\(link.url.href) \(heard.hash)"
            case .modified(let date, _)?: "\(link.url.href) \(date.timeIntervalSince1970)"
            case nil: link.url.href
            }
        }
        let text = lines.sorted().joined(separator: "\n")
        return String(ContentHash(ofBytes: Array(text.utf8)).hex.prefix(16))
    }
}
