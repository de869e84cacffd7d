import CrawlDomain
import Fetching
import Foundation
import Logging
import WebStandards

/// Answers that are no page to be read.
extension PageVisit {
    /// The outcome for a URL that robots.txt forbids; nil when it may be asked for.
    func outcomeUnlessAllowed() -> VisitOutcome? {
        guard !gate.allows(url.entry.url) else { return nil }
        context.monitor.count { $0.disallowed += 1 }
        let disposition = context.profile.retry.disposition(
            of: .disallowed, attempts: url.attempts, now: Date(), revisit: nil, jitter: 0)
        return VisitOutcome(visited: url, disposition: disposition, status: nil, revalidation: url.revalidation)
    }

    /// The server has what is stored: nothing is read, and nothing stored is touched.
    func notModified(_ exchange: Exchange) -> VisitOutcome {
        let stored = revalidation?.kept(for: exchange.request, at: exchange.requestedAt.seconds)
        guard let kept = stored.flatMap(exchange.updated) else {
            context.monitor.count { $0.errors["contradictory_304", default: 0] += 1 }
            context.log.warning(
                "\(shown(url.entry.url)): answered 304, which was not asked for; the whole page is next", metadata: ids)
            return outcome(.contradictoryNotModified, status: exchange.response.status)
        }
        context.monitor.count { $0.notModified += 1 }
        return outcome(
            .notModified, status: exchange.response.status, revalidation: revalidation(kept),
            statedFreshness: exchange.statedFreshness(of: kept))
    }

    func redirect(_ exchange: Exchange) -> VisitOutcome {
        let next = Redirect(of: exchange.request, by: exchange.response.head)?.request.url
        return follow(next, status: exchange.response.status)
    }

    /// A redirect, or a page that asks for another at once, ends the visit; where it leads is a URL of its own, with its own robots.txt,
    /// politeness and scope. Where it leads to another spelling of the same URL (with a title in the path, by https), the URL itself
    /// moves there.
    func follow(_ next: WebURL?, status: Int) -> VisitOutcome {
        guard let next, context.profile.isInScope(next) else {
            context.monitor.count { $0.count(Drop(.wrongPage, detail: "redirected out of the site's scope")) }
            return outcome(.redirected, status: status)
        }
        let redirects = url.entry.redirects + 1
        guard redirects <= Redirect.maximumHops else {
            context.monitor.count { $0.errors["too_many_redirects", default: 0] += 1 }
            return outcome(.failed(code: "too_many_redirects", transient: false), status: status)
        }
        let page = context.profile.spider.page(for: next) ?? url.entry.page
        let link = DiscoveredLink(url: next, page: page, priority: url.entry.priority)
        // Who named a sitemap decides what it may list, wherever it moved.
        let via = context.profile.spider.isSitemap(url.entry.page) ? url.entry.via : url.entry.url.href
        let target = context.profile.spider.frontierURL(
            link, depth: url.entry.depth, via: via, redirects: redirects)
        if let target, target.fingerprint == url.entry.fingerprint {
            // What a spider sends to one server is not for another, though it be called the same.
            guard context.profile.spider.fields.isEmpty || next.origin == url.entry.url.origin else {
                return outcome(.failed(code: "moved_to_another_server", transient: false), status: status)
            }
            return outcome(.moved(target.url), status: status)
        }
        switch linkPolicy.verdict(on: link, depth: url.entry.depth, via: via, redirects: redirects) {
        case .follow(let found): return outcome(.redirected, status: status, discovered: [found])
        case .refuse(let refusal): count([refusal: 1])
        case .outOfScope: break
        }
        return outcome(.redirected, status: status)
    }
}
