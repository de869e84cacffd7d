import CrawlDomain
import Fetching
import Foundation
import Logging
import WebStandards

/// One visit to one URL: ask, read, and decide what becomes of it.
struct PageVisit {
    let context: CrawlContext
    let gate: RobotsGate
    let url: LeasedURL

    /// The outcome; nil when the page was not asked for, or the run was stopped before there was one: the URL is as if it had not been
    /// leased.
    func make(_ host: inout PoliteHost) async throws -> VisitOutcome? {
        let exchange: Exchange
        do {
            let condition = revalidation?.validators.requestFields
            exchange = try await ask(
                url.entry.url, ifChangedFrom: condition ?? [:], of: &host, suspect: url.isSuspect ? url : nil)
        } catch .notAsked {
            return nil
        } catch .storage(let error) {
            throw error
        } catch .failed(let error) {
            guard !Task.isCancelled else { return nil }
            context.monitor.count { $0.errors[error.code.rawValue, default: 0] += 1 }
            context.log.warning("\(shown(url.entry.url)): \(error)", metadata: ids)
            return outcome(.failed(code: error.code.rawValue, transient: error.isTransient))
        }
        guard exchange.response.isRedirect || exchange.response.status == 304 else {
            return try await read(exchange, host: &host)
        }
        host.record(exchange.response.health(ofRules: false), at: exchange.end)
        noteTime(of: exchange, extraction: .zero)
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
        _ target: WebURL, ifChangedFrom condition: HeaderFields = [:], of host: inout PoliteHost,
        longestWait: Duration? = nil, suspect: LeasedURL? = nil
    ) async throws(AskError) -> Exchange {
        let isSitemap = context.profile.spider.isSitemap(url.entry.page)
        let request = context.request(
            for: target, ifChangedFrom: condition, largest: isSitemap ? SitemapLimits().bytes : nil,
            isRedirected: url.entry.redirects > 0)
        let exchange = context.profile.spiderSecrets.removed(
            from: try await host.ask(request, longestWait: longestWait, suspect: suspect))
        context.monitor.count {
            $0.pages += 1
            $0.bytes += exchange.response.body.count
            $0.countAnswer(
                status: exchange.response.status,
                milliseconds: max(0, Int(exchange.receivedAt.timeIntervalSince(exchange.requestedAt) * 1_000)))
        }
        return exchange
    }

    /// Reads an answer and tells the host's schedule how it took the request; whether it told us to go away.
    private func extract(_ exchange: Exchange, host: inout PoliteHost) -> (Extraction, isBlocked: Bool) {
        let response = exchange.response
        let begin = ContinuousClock.now
        let found = context.extractor.extract(
            url: response.url, status: response.status, contentType: response.contentType, body: response.body,
            context: AnswerContext(
                robotsTags: response.headers.all("x-robots-tag"), page: url.entry.page,
                via: context.profile.spider.isSitemap(url.entry.page) ? url.entry.via.flatMap { WebURL($0) } : nil))
        let extraction = context.profile.spiderSecrets.removed(from: found, of: response)
        if found.mayBeKept, !extraction.mayBeKept {
            context.log.warning(
                "\(shown(response.url)): the answer repeats a secret that was sent; it is not kept",
                metadata: ids)
        }
        noteTime(of: exchange, extraction: begin.duration(to: .now))
        let health = response.health(of: extraction)
        host.record(health, at: exchange.end)
        if case .blocked = health { return (extraction, true) }
        return (extraction, false)
    }

    private func read(_ exchange: Exchange, host: inout PoliteHost) async throws -> VisitOutcome? {
        let response = exchange.response
        var (extraction, isBlocked) = extract(exchange, host: &host)
        let isWhole = extraction.continuation == nil
        if extraction.pageDrop == nil, !isBlocked,
            let missing = try await followContinuations(of: &extraction, host: &host)
        {
            let isStopped = Task.isCancelled || context.monitor.isStopping
            return isStopped ? nil : outcome(missing, status: response.status)
        }
        for drop in extraction.drops {
            context.monitor.count { $0.count(drop) }
            context.log.debug(
                "\(shown(response.url)): \(drop.reason.rawValue)",
                metadata: ids.merging(["detail": "\(drop.detail)"]) { $1 })
        }
        if extraction.lacksLinks {
            context.monitor.count { $0.errors["too_many_links", default: 0] += 1 }
            context.log.warning(
                "\(shown(response.url)): more than \(extraction.links.count) links; the others are left out",
                metadata: ids)
        }
        if isBlocked { return outcome(.blocked, status: response.status) }
        if response.status == 200 {
            // As it is stored: alarms keep samples.
            var stored = extraction
            stored.items = extraction.items.map(context.profile.userNames.stored)
            context.drift.note(
                stored, page: url.entry.page, url: context.profile.shownURL(url.entry.url, page: url.entry.page),
                isRevisit: url.contentHash != nil, at: Date())
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
    private func followContinuations(of extraction: inout Extraction, host: inout PoliteHost) async throws -> VisitEnd?
    {
        for _ in 0..<context.limits.maximumContinuations {
            guard let next = extraction.continuation else { return nil }
            guard gate.allows(next.url), next.url.politenessHost == url.entry.host,
                !context.profile.spiderSecrets.repeats(next.url.href)
            else {
                return .failed(code: "continuation_not_allowed", transient: false)
            }
            do throws(AskError) {
                // A list is worth waiting for at the host's own pace, but not outstaying its hours, nor the operator's patience.
                let patience = max(context.limits.longestWait, host.schedule.delay)
                let exchange = try await ask(next.url, of: &host, longestWait: patience)
                let (more, isBlocked) = extract(exchange, host: &host)
                guard !isBlocked else { return .blocked }
                guard exchange.response.status == 200, more.pageDrop == nil || more.pageDrop?.reason == .nothingFound
                else { return .failed(code: "continuation_http_\(exchange.response.status)", transient: true) }
                extraction.append(continuation: more)
            } catch {
                switch error {
                case .notAsked: return .failed(code: "continuation_interrupted", transient: true)
                case .failed(let error): return .failed(code: error.code.rawValue, transient: error.isTransient)
                case .storage(let error): throw error
                }
            }
        }
        return extraction.continuation == nil ? nil : .failed(code: "endless_list", transient: false)
    }

    /// How a stored page can be asked for again.
    func revalidation(_ kept: CachedResponse) -> Revalidation? {
        Revalidation(kept, spiderVersion: context.profile.spider.version)
    }

    /// Whether a page may be read again: it was read, or a repaired spider may read it without asking the site again. That a page has
    /// nothing says something only where it had something before.
    private func isWorthKeeping(_ extraction: Extraction, as page: String) -> Bool {
        guard let drop = extraction.pageDrop else { return extraction.page != nil }
        return DriftWatch.isUnread(drop.reason) && context.drift.isWatched(page)
            && (drop.reason != .nothingFound || url.contentHash != nil)
    }

    private func rawPage(_ response: FetchResponse, _ extraction: Extraction) -> RawPage? {
        let page = extraction.page ?? url.entry.page
        guard response.status == 200, extraction.mayBeKept, isWorthKeeping(extraction, as: page) else { return nil }
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
        var outcome = VisitOutcome(
            visited: url, disposition: disposition, decidedAt: now, status: status,
            items: (extraction?.items ?? []).map(context.profile.userNames.stored),
            discovered: discovered + self.discovered(extraction?.links ?? []), page: page,
            revalidation: end.leavesPageUnknown ? url.revalidation : revalidation, revisit: fork)
        if case .read(let drop?) = end { outcome.absent = absent(because: drop) }
        let main = context.drift.mainType(of: extraction?.page ?? url.entry.page)
        outcome.isUnread = extraction?.isUnread(main: main) ?? false
        outcome.mainType = main
        return outcome
    }

    /// The items that the page would have, where it says that there are none.
    private func absent(because reason: DropReason) -> [AbsentItem] {
        guard [.notFound, .gone, .privateList].contains(reason) else { return [] }
        return context.profile.spider.itemsNamed(by: url.entry.url, page: url.entry.page).map { item in
            let stored = context.profile.userNames.stored(item)
            return AbsentItem(type: stored.type, key: stored.key, isPrivate: reason == .privateList)
        }
    }

    /// What is followed, as of this year.
    var linkPolicy: LinkPolicy { LinkPolicy(context.profile.spider, year: Date().approximateYear) }

    /// Counts links that are not followed, so that none is left out unseen.
    func count(_ refused: [LinkRefusal: Int]) {
        guard !refused.isEmpty else { return }
        context.monitor.count { counters in
            for (refusal, number) in refused { counters.refused[refusal.rawValue, default: 0] += number }
        }
        context.log.debug(
            "\(shown(url.entry.url)): links refused: \(refused.map { "\($0.key.rawValue) \($0.value)" })", metadata: ids
        )
    }

    /// The links as the frontier keeps them: in scope, within the limits, each once. What this run has stored already is left out, unless
    /// the link says something of its page.
    private func discovered(_ links: [DiscoveredLink]) -> [FrontierURL] {
        let policy = linkPolicy
        var seen: Set<URLFingerprint> = []
        var refused: [LinkRefusal: Int] = [:]
        defer { count(refused) }
        return links.compactMap { link in
            if let known = link.fingerprint, link.signal == nil, context.monitor.isKnown(known) { return nil }
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
