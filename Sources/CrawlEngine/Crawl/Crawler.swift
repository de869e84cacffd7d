public import CrawlDomain
import Foundation
import Logging
import WebStandards

/// Runs one crawl: leases hosts, works on them at once, and ends when nothing is due, a limit is reached or it is told to stop.
public struct Crawler: Sendable {
    /// Where a run begins.
    public enum Start: Sendable {
        /// The spider's start pages.
        case spider
        /// These pages, whatever their state.
        case pages([FrontierURL])
        /// What an earlier run left.
        case resume
    }

    private let context: CrawlContext

    /// Makes a crawler.
    public init(context: CrawlContext) {
        self.context = context
    }

    /// Crawls until there is nothing left to do, and records the run.
    ///
    /// Cancelling the task stops it: fetches under way are dropped and their URLs are due again, everything fetched is stored.
    public func run(_ start: Start, run: CrawlRun) async throws -> CrawlRun {
        var run = run
        for warning in context.profile.warnings { context.log.warning("\(warning)") }
        try await context.ledger.record(run)
        let failure: (any Error)?
        do {
            try await seed(start)
            try await work(recording: run)
            failure = nil
        } catch {
            // Whatever a cancelled call threw, it is the stop that was asked for, unless it says that something was not stored.
            failure = Task.isCancelled && !(error is CommitError) ? nil : error
        }
        await context.budgets?.giveBack()
        run.counters = context.monitor.counters
        run.endedAt = Date()
        (run.state, run.reason) = ending(failure)
        let (ledger, final) = (context.ledger, run)
        try await Task { try await ledger.record(final) }.value
        if let failure { throw failure }
        return run
    }

    private func seed(_ start: Start) async throws {
        switch start {
        case .spider: try await context.frontier.makeDue(context.profile.spider.seeds)
        case .pages(let pages): try await context.frontier.makeDue(pages)
        case .resume: break
        }
    }

    private func ending(_ failure: (any Error)?) -> (CrawlRun.State, String) {
        if let failure { return (.failed, "\(failure)") }
        if let reason = context.monitor.stopReason { return (.finished, reason) }
        if Task.isCancelled || context.monitor.isStopping { return (.stopped, "stopped by the operator") }
        if context.monitor.isLimitReached { return (.finished, "page limit reached") }
        let closed = context.monitor.closedHosts.sorted { $0.key < $1.key }.map {
            "; \($0.key) is left alone: \($0.value)"
        }.joined()
        guard let next = context.monitor.nextDue else { return (.finished, "nothing left to do\(closed)") }
        return (.finished, "nothing is due before \(next.formatted(.iso8601))\(closed)")
    }

    /// What wakes the crawl up.
    private enum Event { case workerEnded, tick }

    private func work(recording run: CrawlRun) async throws {
        try await withThrowingTaskGroup(of: Event.self) { events in
            var running = 0
            events.addTask { await Self.tick() }
            while !context.monitor.isStopping, !context.monitor.isLimitReached {
                try Task.checkCancellation()
                if running < context.limits.concurrentHosts, let lease = try await leaseHost() {
                    let memory = try await context.frontier.memory(of: lease)
                    events.addTask { [context] in
                        var worker = HostWorker(context: context, lease: lease, memory: memory)
                        try await worker.run()
                        return .workerEnded
                    }
                    running += 1
                } else if running > 0 {
                    switch try await events.next() {
                    case .workerEnded?: running -= 1
                    // Another host may have become due while the workers are busy with theirs.
                    case .tick?: events.addTask { await Self.tick() }
                    case nil: running = 0
                    }
                    try await record(run)
                } else if try await !waitForDue() {
                    break
                }
            }
            // Workers see that the run stops; a tick would only be waited for.
            while running > 0, let event = try await events.next() {
                if case .workerEnded = event { running -= 1 }
            }
            events.cancelAll()
        }
    }

    /// Does not throw when the run is cancelled: what a worker has to say about storing comes first.
    private static func tick() async -> Event {
        try? await Task.sleep(for: .seconds(2))
        return .tick
    }

    private func leaseHost() async throws -> HostLease? {
        try await context.frontier.leaseHost(
            site: context.profile.spider.site, owner: context.profile.owner, seconds: context.limits.leaseSeconds)
    }

    /// Waits for the next URL that becomes due soon; false when none does.
    private func waitForDue() async throws -> Bool {
        let due = try await context.frontier.nextDue(site: context.profile.spider.site)
        context.monitor.note(nextDue: due)
        guard let due else { return false }
        let wait = due.timeIntervalSinceNow
        guard wait <= context.profile.patience.seconds else { return false }
        try await Task.sleep(for: .seconds(max(wait, 0.05)))
        return true
    }

    private func record(_ run: CrawlRun) async throws {
        var run = run
        run.counters = context.monitor.counters
        try await context.ledger.record(run)
    }
}
