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

    /// The outcome; nil when the run was stopped before there was one, so that the URL is as if it had not been leased.
    func make(schedule: inout HostSchedule) async -> VisitOutcome? {
        let exchange: Exchange
        do {
            let condition = revalidation?.validators.requestFields
            exchange = try await ask(url.entry.url, ifChangedFrom: condition ?? [:], schedule: &schedule)
        } catch {
            guard !Task.isCancelled else { return nil }
            context.monitor.count { $0.errors[error.code.rawValue, default: 0] += 1 }
            context.log.warning("\(url.entry.url.href): \(error)")
            return outcome(.failed(code: error.code.rawValue, transient: error.isTransient))
        }
        guard exchange.response.isRedirect || exchange.response.status == 304 else {
            return await read(exchange, schedule: &schedule)
        }
        schedule.record(exchange.response.healthReport, now: exchange.end, jitter: context.jitter())
        return exchange.response.isRedirect ? redirect(exchange) : notModified(exchange)
    }

    /// How the page can be asked for "only if it has changed"; nil where another spider read it, which may have found less.
    var revalidation: Revalidation? {
        url.revalidation.flatMap { $0.spiderVersion == context.profile.spider.version ? $0 : nil }
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
    private func ask(
        _ target: WebURL, ifChangedFrom condition: HeaderFields = [:], schedule: inout HostSchedule
    ) async throws(FetchError) -> Exchange {
        let begin = ContinuousClock.now
        defer { context.monitor.noteRequest(to: url.entry.host, from: begin) }
        do {
            let isSitemap = context.profile.spider.isSitemap(url.entry.page)
            let exchange = try await context.get(
                target, ifChangedFrom: condition, largest: isSitemap ? SitemapLimits().bytes : nil)
            context.monitor.count {
                $0.pages += 1
                $0.bytes += exchange.response.body.count
            }
            return exchange
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
        let isWhole = extraction.continuation == nil
        if extraction.pageDrop == nil, let missing = await followContinuations(of: &extraction, schedule: &schedule) {
            let isStopped = Task.isCancelled || context.monitor.isStopping
            return isStopped ? nil : outcome(missing, status: response.status)
        }
        for drop in extraction.drops {
            context.monitor.count { $0.count(drop) }
            context.log.debug(
                "\(response.url.href): \(drop.reason.rawValue)", metadata: ["detail": "\(drop.detail)"])
        }
        if extraction.lacksLinks {
            context.monitor.count { $0.errors["too_many_links", default: 0] += 1 }
            context.log.warning(
                "\(response.url.href): more than \(extraction.links.count) links; the others are left out")
        }
        let page = rawPage(response, extraction)
        // What is not to be kept can still be asked for by what changed: its items and links are stored.
        let kept = response.status == 200 && extraction.pageDrop == nil ? exchange.kept : nil
        // A bad page must not be kept alive by "not modified"; of a list in several answers, the first says nothing of the others.
        let isUsable = isWhole && extraction.drops.isEmpty && !extraction.lacksLinks
        return outcome(
            end(of: response, extraction), status: response.status, extraction: extraction, page: page,
            revalidation: isUsable ? kept.flatMap(revalidation) : nil,
            statedFreshness: isUsable ? exchange.statedFreshness(of: kept) : nil)
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
            // A list is not worth outstaying the host's hours, nor the operator's patience.
            guard gate.closure(at: Date()) == nil, context.monitor.mayAsk(url.entry.host) else {
                return .failed(code: "continuation_interrupted", transient: true)
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

    /// How a stored page can be asked for again.
    func revalidation(_ kept: CachedResponse) -> Revalidation? {
        Revalidation(kept, spiderVersion: context.profile.spider.version)
    }

    private func rawPage(_ response: FetchResponse, _ extraction: Extraction) -> RawPage? {
        guard response.status == 200, let page = extraction.page, extraction.pageDrop == nil, extraction.mayBeKept
        else { return nil }
        return RawPage(
            site: url.entry.site, url: response.url.href, page: page, status: response.status,
            contentType: response.contentType, body: response.body,
            gzip: response.received.flatMap { $0.coding == .gzip ? $0.bytes : nil }, fetchedAt: Date())
    }

    func outcome(
        _ end: VisitEnd, status: Int? = nil, extraction: Extraction? = nil, discovered: [FrontierURL] = [],
        page: RawPage? = nil, revalidation: Revalidation? = nil, statedFreshness: Int64? = nil
    ) -> VisitOutcome {
        let now = Date()
        let spiderAge = context.profile.spider.revisitAge(of: url.entry.page)
        let disposition = context.profile.retry.disposition(
            of: end, attempts: url.attempts, now: now,
            revisit: RevisitAge.longest(spider: spiderAge, statedFreshness: statedFreshness), jitter: context.jitter())
        context.monitor.count { $0.add(disposition) }
        let fork = disposition.isDone ? fork(end, extraction, statedFreshness: statedFreshness, now: now) : nil
        return VisitOutcome(
            visited: url, disposition: disposition, status: status,
            items: (extraction?.items ?? []).map(context.profile.userNames.stored),
            discovered: discovered + self.discovered(extraction?.links ?? []), page: page,
            revalidation: end.leavesPageUnknown ? url.revalidation : revalidation, revisit: fork)
    }

    /// What is followed, as of this year.
    var linkPolicy: LinkPolicy { LinkPolicy(context.profile.spider, year: Date().approximateYear) }

    /// Counts links that are not followed, so that none is left out unseen.
    func count(_ refused: [LinkRefusal: Int]) {
        guard !refused.isEmpty else { return }
        context.monitor.count { counters in
            for (refusal, number) in refused { counters.refused[refusal.rawValue, default: 0] += number }
        }
        context.log.debug("\(url.entry.url.href): links refused: \(refused.map { "\($0.key.rawValue) \($0.value)" })")
    }

    /// The links as the frontier keeps them: in scope, within the limits, each once.
    private func discovered(_ links: [DiscoveredLink]) -> [FrontierURL] {
        let policy = linkPolicy
        var seen: Set<URLFingerprint> = []
        var refused: [LinkRefusal: Int] = [:]
        defer { count(refused) }
        return links.compactMap { link in
            guard context.profile.isInScope(link.url) else { return nil }
            let verdict = policy.verdict(
                on: link, depth: url.entry.depth + 1, via: url.entry.url.href, isKnown: context.monitor.isKnown)
            switch verdict {
            case .follow(let found): return seen.insert(found.fingerprint).inserted ? found : nil
            case .refuse(let refusal): refused[refusal, default: 0] += 1
            case .outOfScope: break
            }
            return nil
        }
    }
}
