import CrawlDomain
import Fetching
import Foundation
import Logging
import WebStandards

/// One visit to one URL: ask, read, and decide what becomes of it.
struct PageVisit {
    let context: CrawlContext
    let url: LeasedURL

    /// The outcome; nil when the run was stopped before there was one, so that the URL is as if it had not been leased.
    func make(schedule: inout HostSchedule) async -> VisitOutcome? {
        let target = url.entry.url
        let response: FetchResponse
        do {
            response = try await ask(target, schedule: &schedule)
        } catch {
            guard !Task.isCancelled else { return nil }
            context.monitor.count { $0.errors[error.code.rawValue, default: 0] += 1 }
            context.log.warning("\(target.href): \(error)")
            return outcome(.failed(code: error.code.rawValue, transient: error.isTransient))
        }
        if (300..<400).contains(response.status), response.status != 304 { return redirect(response, from: target) }
        return await read(response, schedule: &schedule)
    }

    /// Sends one request and tells the schedule how the host took it.
    private func ask(_ target: WebURL, schedule: inout HostSchedule) async throws(FetchError) -> FetchResponse {
        do {
            let response = try await context.get(target)
            schedule.record(response.healthReport, now: .now, jitter: context.jitter())
            context.monitor.count {
                $0.pages += 1
                $0.bytes += response.body.count
            }
            return response
        } catch {
            if error.code != .cancelled { schedule.record(.failed, now: .now, jitter: context.jitter()) }
            throw error
        }
    }

    private func read(_ response: FetchResponse, schedule: inout HostSchedule) async -> VisitOutcome? {
        var extraction = context.extractor.extract(
            url: response.url, status: response.status, contentType: response.contentType, body: response.body)
        if let drop = extraction.pageDrop {
            if drop.reason == .captcha || drop.reason == .blocked {
                schedule.record(.blocked, now: .now, jitter: context.jitter())
            }
        } else if let missing = await followContinuations(of: &extraction, schedule: &schedule) {
            return Task.isCancelled ? nil : outcome(missing, status: response.status)
        }
        for drop in extraction.drops {
            context.monitor.count { $0.count(drop) }
            context.log.debug("\(response.url.href): \(drop.reason.rawValue)", metadata: ["detail": "\(drop.detail)"])
        }
        // A page that says what it is (no such entry, a private list) is believed before its status.
        let end: VisitEnd =
            response.status >= 400 && extraction.pageDrop == nil
            ? .refused(status: response.status) : .read(drop: extraction.pageDrop?.reason)
        return outcome(end, status: response.status, extraction: extraction, page: rawPage(response, extraction))
    }

    /// Asks for the rest of a list that is served in several answers; the way it failed when one of them did not come.
    private func followContinuations(of extraction: inout Extraction, schedule: inout HostSchedule) async -> VisitEnd? {
        for _ in 0..<context.limits.maximumContinuations {
            guard let next = extraction.continuation else { return nil }
            do {
                try await Task.sleep(for: schedule.wait(now: .now))
                let response = try await ask(next.url, schedule: &schedule)
                let more = context.extractor.extract(
                    url: response.url, status: response.status, contentType: response.contentType, body: response.body)
                guard response.status == 200, more.pageDrop == nil || more.pageDrop?.reason == .nothingFound else {
                    return .failed(code: "continuation_http_\(response.status)", transient: true)
                }
                extraction.append(continuation: more)
            } catch let error as FetchError {
                return .failed(code: error.code.rawValue, transient: error.isTransient)
            } catch {
                return .failed(code: "cancelled", transient: true)
            }
        }
        return extraction.continuation == nil ? nil : .failed(code: "endless_list", transient: false)
    }

    /// A redirect ends the visit; where it leads is a URL of its own, with its own robots.txt, politeness and scope.
    private func redirect(_ response: FetchResponse, from target: WebURL) -> VisitOutcome {
        var extraction = Extraction(page: url.entry.page)
        if let next = response.location(from: target), context.profile.isInScope(next) {
            let page = context.profile.spider.page(for: next) ?? url.entry.page
            extraction.links = [DiscoveredLink(url: next, page: page, priority: url.entry.priority)]
        } else {
            extraction.drops = [Drop(.wrongPage, detail: "redirected out of the site's scope")]
        }
        return outcome(.redirected, status: response.status, extraction: extraction)
    }

    private func rawPage(_ response: FetchResponse, _ extraction: Extraction) -> RawPage? {
        guard response.status == 200, let page = extraction.page, extraction.pageDrop == nil else { return nil }
        return RawPage(
            site: url.entry.site, url: response.url.href, page: page, status: response.status,
            contentType: response.contentType, body: response.body, fetchedAt: Date())
    }

    private func outcome(
        _ end: VisitEnd, status: Int? = nil, extraction: Extraction? = nil, page: RawPage? = nil
    ) -> VisitOutcome {
        let disposition = context.profile.retry.disposition(
            of: end, attempts: url.attempts, now: Date(),
            revisit: context.profile.spider.revisitAge(of: url.entry.page),
            jitter: context.jitter())
        context.monitor.count { $0.add(disposition) }
        return VisitOutcome(
            visited: url, disposition: disposition, status: status,
            items: (extraction?.items ?? []).map(context.profile.userNames.stored),
            discovered: discovered(extraction?.links ?? []), page: page)
    }

    /// The links as the frontier keeps them: in scope, not too deep, each once.
    private func discovered(_ links: [DiscoveredLink]) -> [FrontierURL] {
        let depth = url.entry.depth + 1
        guard depth <= context.limits.maximumDepth else { return [] }
        var seen: Set<URLFingerprint> = []
        return links.compactMap { link in
            guard context.profile.isInScope(link.url) else { return nil }
            let found = context.profile.spider.frontierURL(link, depth: depth, via: url.entry.url.href)
            return found.flatMap { seen.insert($0.fingerprint).inserted ? $0 : nil }
        }
    }
}
