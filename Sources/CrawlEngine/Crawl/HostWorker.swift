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
        let left = max(0, memory.notBefore?.timeIntervalSinceNow ?? 0)
        robots = context.profile.robotsURL(host: lease.host)
        schedule = HostSchedule(
            promise: robots.map { context.profile.promise(to: $0, crawlDelay: nil) }
                ?? .init(floor: CrawlProfile.publicFloor, spiderDelay: .zero, crawlDelay: nil),
            delay: memory.delaySeconds.map(Duration.seconds),
            failures: memory.failures, notBefore: clock.now + .seconds(left), closedReason: memory.closedReason)
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
        while !context.monitor.isStopping, let gate = try await openGate() {
            let leased = try await context.frontier.lease(context.limits.leaseBatch, of: lease)
            guard !leased.isEmpty else { return }
            let asked = try await visit(leased, gate)
            // A URL's new state must be durable before the next lease, or it would be handed out again.
            try await commit()
            guard asked == leased.count else {
                return try await context.frontier.giveBack(Array(leased[asked...]), of: lease)
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
            guard !context.monitor.isStopping, await waitForTurn(), isOpen(gate), heartbeat.isHeld,
                context.monitor.takePage()
            else {
                return index
            }
            guard let visit = await page.make(schedule: &schedule) else { return index }
            batch.append(visit, now: clock.now)
            if batch.isDue(now: clock.now, limits: context.limits) { try await commit() }
        }
        return leased.count
    }

    /// Waits until the host may be asked; false when that takes too long to wait here, or the run stops meanwhile.
    private mutating func waitForTurn() async -> Bool {
        let wait = schedule.wait(now: clock.now)
        guard wait > .zero else { return true }
        guard wait <= context.limits.longestWait else { return false }
        try? await clock.sleep(for: wait)
        return !Task.isCancelled
    }

    private func outcome(of url: LeasedURL, _ end: VisitEnd) -> VisitOutcome {
        let disposition = context.profile.retry.disposition(
            of: end, attempts: url.attempts, now: Date(), revisit: nil, jitter: context.jitter())
        return VisitOutcome(visited: url, disposition: disposition, status: nil, revalidation: url.revalidation)
    }

    private mutating func commit() async throws {
        guard !batch.isEmpty else { return }
        let visits = batch.take().map(context.monitor.withoutKnownURLs)
        let (ledger, lease, cause, notBefore) = (context.ledger, lease, context.profile.cause, notBefore)
        let revisits = context.revisits
        // Not cancelled with the run: what was fetched must not be asked for again.
        let summary = try await Task {
            do {
                try await revisits.hear(visits, now: Date())
                return try await ledger.commit(visits, under: lease, notBefore: notBefore, cause: cause)
            } catch let error as LeaseLostError {
                throw error
            } catch {
                throw CommitError(visits: visits.count, underlying: error)
            }
        }.value
        context.monitor.remember(visits.flatMap(\.discovered))
        context.monitor.count { $0.add(summary) }
        for drop in summary.drops {
            context.log.warning(
                "dropped \(drop.key ?? ""): \(drop.reason.rawValue)", metadata: ["detail": "\(drop.detail)"])
        }
    }

    /// When the host may be asked again, by the wall clock, since others read it.
    private var notBefore: Date { Date().addingTimeInterval(schedule.wait(now: clock.now).seconds) }

    private func release() async throws {
        var memory = memory
        memory.failures = schedule.failures
        memory.delaySeconds = schedule.delay.seconds
        memory.closedReason = schedule.closedReason
        memory.notBefore = notBefore
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
