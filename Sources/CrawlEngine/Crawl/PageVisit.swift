import CrawlDomain
import Fetching
import Foundation
import Logging
import WebStandards

/// One visit to one URL: ask, read, and decide what becomes of it.
struct PageVisit {
    let context: CrawlContext
    let gate: RobotsGate
    let heartbeat: LeaseHeartbeat
    let url: LeasedURL

    /// An answer and when it ended, which is what the next gap is counted from.
    private struct Exchange {
        let response: FetchResponse
        let end: HostSchedule.Instant
    }

    /// The outcome; nil when the run was stopped before there was one, so that the URL is as if it had not been leased.
    func make(schedule: inout HostSchedule) async -> VisitOutcome? {
        let exchange: Exchange
        do {
            exchange = try await ask(url.entry.url, schedule: &schedule)
        } catch {
            guard !Task.isCancelled else { return nil }
            context.monitor.count { $0.errors[error.code.rawValue, default: 0] += 1 }
            context.log.warning("\(url.entry.url.href): \(error)")
            return outcome(.failed(code: error.code.rawValue, transient: error.isTransient))
        }
        if exchange.response.isRedirect {
            schedule.record(exchange.response.healthReport, now: exchange.end, jitter: context.jitter())
            return redirect(exchange.response)
        }
        return await read(exchange, schedule: &schedule)
    }

    /// The outcome for a robots.txt that is queued for the sitemaps it names: it is known already, and not asked for again.
    func outcome(knowing robots: HostMemory.Robots?) -> VisitOutcome? {
        guard context.profile.spider.isSitemap(url.entry.page), SitemapRule.isRobotsFile(url.entry.url),
            let robots, let status = robots.status
        else { return nil }
        let extraction = context.extractor.extract(
            url: url.entry.url, status: status, contentType: nil, body: robots.body,
            context: AnswerContext(page: url.entry.page))
        return outcome(.read(drop: extraction.pageDrop?.reason), status: status, extraction: extraction)
    }

    /// Sends one request; what the answer says of the host's health is for whoever reads it to record.
    private func ask(_ target: WebURL, schedule: inout HostSchedule) async throws(FetchError) -> Exchange {
        do {
            let isSitemap = context.profile.spider.isSitemap(url.entry.page)
            let response = try await context.get(target, largest: isSitemap ? SitemapLimits().bytes : nil)
            context.monitor.count {
                $0.pages += 1
                $0.bytes += response.body.count
            }
            return Exchange(response: response, end: .now)
        } catch {
            if error.code != .cancelled { schedule.record(.failed, now: .now, jitter: context.jitter()) }
            throw error
        }
    }

    /// Reads an answer and tells the schedule how the host took the request: a captcha with status 200 is no health.
    private func extract(_ exchange: Exchange, schedule: inout HostSchedule) -> Extraction {
        let response = exchange.response
        let extraction = context.extractor.extract(
            url: response.url, status: response.status, contentType: response.contentType, body: response.body,
            context: AnswerContext(
                robotsTags: response.headers.all("x-robots-tag"), page: url.entry.page,
                via: url.entry.via.flatMap { WebURL($0) }))
        let isBlocked = [.captcha, .blocked].contains(extraction.pageDrop?.reason)
        schedule.record(isBlocked ? .blocked : response.healthReport, now: exchange.end, jitter: context.jitter())
        return extraction
    }

    private func read(_ exchange: Exchange, schedule: inout HostSchedule) async -> VisitOutcome? {
        let response = exchange.response
        var extraction = extract(exchange, schedule: &schedule)
        if extraction.pageDrop == nil, let missing = await followContinuations(of: &extraction, schedule: &schedule) {
            return Task.isCancelled ? nil : outcome(missing, status: response.status)
        }
        for drop in extraction.drops {
            context.monitor.count { $0.count(drop) }
            context.log.debug(
                "\(response.url.href): \(drop.reason.rawValue)", metadata: ["detail": "\(drop.detail)"])
        }
        return outcome(
            end(of: response, extraction), status: response.status, extraction: extraction,
            page: rawPage(response, extraction))
    }

    /// A page that says what it is (no such entry, a private list) is believed before its status, but for an overloaded host's.
    private func end(of response: FetchResponse, _ extraction: Extraction) -> VisitEnd {
        if response.status == 429 || response.status == 503 { return .refused(status: response.status) }
        if let drop = extraction.pageDrop { return .read(drop: drop.reason) }
        return response.status >= 400 ? .refused(status: response.status) : .read(drop: nil)
    }

    /// Asks for the rest of a list that is served in several answers; the way it failed when one of them did not come.
    private func followContinuations(of extraction: inout Extraction, schedule: inout HostSchedule) async -> VisitEnd? {
        for _ in 0..<context.limits.maximumContinuations {
            guard let next = extraction.continuation else { return nil }
            guard gate.allows(next.url), next.url.politenessHost == url.entry.host else {
                return .failed(code: "continuation_not_allowed", transient: false)
            }
            do {
                try await Task.sleep(for: schedule.wait(now: .now))
                guard heartbeat.isHeld else { return .failed(code: "lease_lost", transient: true) }
                let exchange = try await ask(next.url, schedule: &schedule)
                let more = extract(exchange, schedule: &schedule)
                guard exchange.response.status == 200, more.pageDrop == nil || more.pageDrop?.reason == .nothingFound
                else { return .failed(code: "continuation_http_\(exchange.response.status)", transient: true) }
                extraction.append(continuation: more)
            } catch let error as FetchError {
                return .failed(code: error.code.rawValue, transient: error.isTransient)
            } catch {
                return .failed(code: "cancelled", transient: true)
            }
        }
        return extraction.continuation == nil ? nil : .failed(code: "endless_list", transient: false)
    }

    /// A redirect ends the visit; where it leads is a URL of its own, with its own robots.txt, politeness and scope. Where it leads to
    /// another spelling of the same URL (with a title in the path, by https), the URL itself moves there.
    private func redirect(_ response: FetchResponse) -> VisitOutcome {
        var extraction = Extraction(page: url.entry.page)
        guard let next = response.location(from: url.entry.url), context.profile.isInScope(next) else {
            context.monitor.count { $0.count(Drop(.wrongPage, detail: "redirected out of the site's scope")) }
            return outcome(.redirected, status: response.status)
        }
        let page = context.profile.spider.page(for: next) ?? url.entry.page
        let link = DiscoveredLink(url: next, page: page, priority: url.entry.priority)
        let target = context.profile.spider.frontierURL(link, depth: url.entry.depth, via: nil)
        if let target, target.fingerprint == url.entry.fingerprint {
            return outcome(.moved(target.url), status: response.status)
        }
        extraction.links = [link]
        return outcome(.redirected, status: response.status, extraction: extraction)
    }

    private func rawPage(_ response: FetchResponse, _ extraction: Extraction) -> RawPage? {
        guard response.status == 200, let page = extraction.page, extraction.pageDrop == nil, extraction.mayBeKept
        else { return nil }
        return RawPage(
            site: url.entry.site, url: response.url.href, page: page, status: response.status,
            contentType: response.contentType, body: response.body, fetchedAt: Date())
    }

    private func outcome(
        _ end: VisitEnd, status: Int? = nil, extraction: Extraction? = nil, page: RawPage? = nil
    ) -> VisitOutcome {
        let disposition = context.profile.retry.disposition(
            of: end, attempts: url.attempts, now: Date(),
            revisit: context.profile.spider.revisitAge(of: url.entry.page), jitter: context.jitter())
        context.monitor.count { $0.add(disposition) }
        return VisitOutcome(
            visited: url, disposition: disposition, status: status,
            items: (extraction?.items ?? []).map(context.profile.userNames.stored),
            discovered: discovered(extraction?.links ?? [], end), page: page)
    }

    /// The links as the frontier keeps them: in scope, not too deep, each once.
    private func discovered(_ links: [DiscoveredLink], _ end: VisitEnd) -> [FrontierURL] {
        // Who named a sitemap decides what it may list, wherever it moved.
        let isMovedSitemap = end == .redirected && context.profile.spider.isSitemap(url.entry.page)
        let via = isMovedSitemap ? url.entry.via : url.entry.url.href
        let depth = url.entry.depth + 1
        guard depth <= context.limits.maximumDepth else { return [] }
        var seen: Set<URLFingerprint> = []
        return links.compactMap { link in
            guard context.profile.isInScope(link.url) else { return nil }
            let found = context.profile.spider.frontierURL(link, depth: depth, via: via)
            return found.flatMap { seen.insert($0.fingerprint).inserted ? $0 : nil }
        }
    }
}
