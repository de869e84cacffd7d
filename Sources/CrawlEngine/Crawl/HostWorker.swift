import CrawlDomain
import Fetching
import Foundation
import Logging
import WebStandards

/// Asks one leased host, URL by URL, as politely as promised, and commits what comes of it in batches.
///
/// It ends when nothing of the host is due, when the host is to be left alone for long, or when the run stops.
struct HostWorker {
    let context: CrawlContext
    let lease: HostLease
    private let clock = ContinuousClock()
    private var schedule: HostSchedule
    private var memory: HostMemory
    private let heartbeat: LeaseHeartbeat
    private var batch = VisitBatch()
    /// Where the host's robots.txt is.
    private let robots: WebURL?

    init(context: CrawlContext, lease: HostLease, memory: HostMemory) {
        self.context = context
        self.lease = lease
        self.memory = memory
        heartbeat = LeaseHeartbeat(lease, seconds: context.limits.leaseSeconds)
        robots = context.profile.robotsURL(host: lease.host, scheme: memory.scheme)
        schedule = HostSchedule(
            promise: robots.map { context.profile.promise(to: $0, crawlDelay: nil) }
                ?? .init(floor: CrawlProfile.publicFloor, spiderDelay: .zero, crawlDelay: nil),
            delay: memory.delaySeconds.map(Duration.seconds),
            failures: memory.failures, notBefore: clock.now + memory.wait, closedReason: memory.closedReason)
    }

    /// Works until there is nothing left to do here; the lease is given back in every case.
    mutating func run() async throws {
        let (frontier, heartbeat) = (context.frontier, heartbeat)
        let beating = Task { await heartbeat.run(frontier) }
        let failure = await failureOfWork()
        beating.cancel()
        if let failure, !(failure is LeaseLostError) {
            // The lease ends by itself if this fails too; what went wrong first is what counts.
            try? await release()
            throw failure
        } else if let failure {
            context.monitor.count { $0.errors["lease_lost", default: 0] += 1 }
            context.log.warning("\(failure)")
        } else {
            try await release()
        }
    }

    private mutating func failureOfWork() async -> (any Error)? {
        do {
            try await work()
            try await commit()
            return nil
        } catch {
            return error
        }
    }

    /// Takes up what the operator asks of this host; false when it must not be asked now.
    private mutating func obey() -> Bool {
        schedule.instructedDelay = context.monitor.instructions.delay(of: lease.host)
        context.monitor.note(host: lease.host, schedule)
        return context.monitor.mayAsk(lease.host)
    }

    /// What robots.txt allows, from memory or from the host; nil when nothing may be asked now.
    private mutating func openGate() async throws -> RobotsGate? {
        guard let robots, context.profile.isInScope(robots) else {
            schedule.leaveAlone(for: .seconds(3_600), from: clock.now, because: "not allowed by the configuration")
            return nil
        }
        var lookup = RobotsLookup(
            at: robots, remembered: memory.robots, now: Date(), mayAsk: context.profile.isInScope)
        if lookup.question != nil {
            guard await waitForTurn() else { return nil }
            // A run that stops meanwhile has learnt nothing.
            guard let answer = try? await lookup.run({ try await ask($0) }) else { return nil }
            memory.robots = answer
        }
        guard let answer = memory.robots else { return nil }
        let gate = RobotsGate(answer, agent: CrawlProfile.productToken)
        schedule.promise = context.profile.promise(to: robots, crawlDelay: gate.crawlDelay(at: Date()))
        context.revisits.note(delay: schedule.promise.delay)
        return isOpen(gate) ? gate : nil
    }

    private mutating func ask(_ question: RobotsLookup.Question) async throws -> Exchange {
        try await clock.sleep(for: schedule.wait(now: clock.now))
        let begin = clock.now
        defer { context.monitor.noteRequest(to: lease.host, from: begin) }
        do {
            let exchange = try await context.fetcher.exchange(context.profile.request(for: question))
            schedule.record(exchange.response.healthReport, now: exchange.end, jitter: context.jitter())
            return exchange
        } catch {
            if error.code != .cancelled {
                schedule.record(.failed, now: clock.now, jitter: context.jitter())
                context.log.warning("\(error)")
            }
            throw error
        }
    }

    /// Whether the host may be asked now; else it is left alone until it may.
    private mutating func isOpen(_ gate: RobotsGate) -> Bool {
        guard let closure = gate.closure(at: Date()) else { return true }
        schedule.leaveAlone(for: closure.time, from: clock.now, because: closure.reason)
        return false
    }

    private mutating func work() async throws {
        // A long crawl outlives its robots.txt, so the gate is opened anew for each lease of URLs.
        while obey(), let gate = try await openGate() {
            let leased = try await context.frontier.lease(context.limits.leaseBatch(delay: schedule.delay), of: lease)
            guard !leased.isEmpty else { return }
            let asked = try await visit(leased, gate)
            // A URL's new state must be durable before the next lease, or it would be handed out again.
            try await commit()
            guard asked == leased.count else {
                // Not cancelled with the run: what nobody has asked for must not look as if it had killed somebody.
                let (frontier, lease, rest) = (context.frontier, lease, Array(leased[asked...]))
                return try await Task { try await frontier.giveBack(rest, of: lease) }.value
            }
        }
    }

    /// Visits URLs in order; returns how many were visited before something ended it.
    private mutating func visit(_ leased: [LeasedURL], _ gate: RobotsGate) async throws -> Int {
        for (index, url) in leased.enumerated() {
            let page = PageVisit(context: context, gate: gate, heartbeat: heartbeat, url: url)
            if let known = page.outcome(knowing: memory.robots) {
                batch.append(known, now: clock.now)
                continue
            }
            guard gate.allows(url.entry.url) else {
                context.monitor.count { $0.disallowed += 1 }
                batch.append(outcome(of: url, .disallowed), now: clock.now)
                continue
            }
            // Time that must be waited anyway is time to store what is here.
            if schedule.wait(now: clock.now) >= .milliseconds(500) { try await commit() }
            guard await waitForTurn(), isOpen(gate), heartbeat.isHeld,
                context.monitor.takePage()
            else {
                return index
            }
            // Whoever held it before died, perhaps of this page: if we do too, that is known.
            if url.isSuspect { try await context.frontier.mark(url, of: lease) }
            guard let visit = await page.make(schedule: &schedule) else { return index }
            batch.append(visit, now: clock.now)
            if url.isSuspect || batch.isDue(now: clock.now, limits: context.limits) { try await commit() }
        }
        return leased.count
    }

    /// Waits until the host may be asked; false when that takes too long to wait here, or the run stops or the host is paused meanwhile.
    private mutating func waitForTurn() async -> Bool {
        while !Task.isCancelled, obey() {
            let wait = schedule.wait(now: clock.now)
            guard wait > .zero else { return true }
            guard wait <= context.limits.longestWait else { return false }
            // In steps, so that what the operator asks meanwhile is heard.
            try? await clock.sleep(for: min(wait, .seconds(1)))
        }
        return false
    }

    private func outcome(of url: LeasedURL, _ end: VisitEnd) -> VisitOutcome {
        let disposition = context.profile.retry.disposition(
            of: end, attempts: url.attempts, now: Date(), revisit: nil, jitter: context.jitter())
        return VisitOutcome(visited: url, disposition: disposition, status: nil, revalidation: url.revalidation)
    }

    private mutating func commit() async throws {
        guard !batch.isEmpty else { return }
        let visits = batch.take().map(context.monitor.withoutKnownURLs)
        let (ledger, lease, cause, wait) = (context.ledger, lease, context.profile.cause, schedule.wait(now: clock.now))
        let (revisits, id) = (context.revisits, UUID().uuidString)
        // Not cancelled with the run: what was fetched must not be asked for again.
        let summary = try await Task {
            do {
                try await revisits.hear(visits, now: Date())
                return try await ledger.commit(visits, under: lease, wait: wait, cause: cause, id: id)
            } catch let error as LeaseLostError {
                throw error
            } catch {
                throw CommitError(visits: visits.count, underlying: error)
            }
        }.value
        context.monitor.note(stored: visits, summary)
        for drop in summary.drops {
            context.log.warning(
                "dropped \(drop.key ?? ""): \(drop.reason.rawValue)", metadata: ["detail": "\(drop.detail)"])
        }
    }

    private func release() async throws {
        var memory = memory
        memory.failures = schedule.failures
        memory.delaySeconds = schedule.delay.seconds
        memory.closedReason = schedule.closedReason
        memory.wait = schedule.wait(now: clock.now)
        context.monitor.note(host: lease.host, closed: memory.closedReason)
        let (frontier, lease, final) = (context.frontier, lease, memory)
        try await Task { try await frontier.release(lease, memory: final) }.value
    }
}

/// What was fetched could not be stored; it will be asked for again.
struct CommitError: Error, CustomStringConvertible {
    let visits: Int
    let underlying: any Error

    var description: String { "\(visits) pages could not be stored and will be asked for again: \(underlying)" }
}
