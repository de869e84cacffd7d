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
    /// Hosts named at most in the reason for which a run ended.
    private static let namedHosts = 20

    /// Makes a crawler.
    public init(context: CrawlContext) {
        self.context = context
    }

    /// Crawls until there is nothing left to do, and records the run.
    ///
    /// Cancelling the task stops it: fetches under way are dropped and their URLs are due again, everything fetched is stored. A site that
    /// is paused when the run begins is asked nothing and the run ends; one that is paused later is waited for.
    public func run(_ start: Start, run: CrawlRun) async throws -> CrawlRun {
        var run = run
        run.owner = context.profile.owner
        for warning in context.profile.warnings { context.log.warning("\(warning)") }
        for lost in try await context.control.closeLostRuns(site: run.site, unseenFor: context.limits.lostAfter) {
            context.log.warning("run \(lost) is closed as failed: its process died")
        }
        try await context.ledger.record(run)
        let instructions = try await context.control.instructions(site: run.site)
        context.monitor.obey(instructions)
        if let pause = instructions.pause {
            context.monitor.stop("\(pause.text); take it back with: animematcher control resume \(run.site)")
        }
        let reporter = DriftReporter(context: context)
        let loop = Task { [run] in await ControlLoop(context: context, run: run).run() }
        let failure: (any Error)?
        var notAsked: String?
        do {
            if instructions.pause == nil {
                try await context.revisits.refresh(now: Date())
                try await reporter.loadHistory()
                notAsked = try await seed(start)
                try await work(pausedBefore: instructions.pausedHosts)
            }
            failure = nil
        } catch {
            // Whatever a cancelled call threw, it is the stop that was asked for, unless it says that something was not stored.
            failure = Task.isCancelled && !(error is CommitError) ? nil : error
        }
        loop.cancel()
        await loop.value
        await context.budgets?.giveBack()
        // Not cancelled with the run, and no reason to call it failed.
        await Task { try? await reporter.storeStatistics(isLast: true) }.value
        run = context.monitor.recorded(run)
        run.endedAt = Date()
        (run.state, run.reason) = ending(failure, notAsked: notAsked)
        let (ledger, final) = (context.ledger, run)
        try await Task { try await ledger.record(final) }.value
        if let failure { throw failure }
        return run
    }

    /// Makes what the crawl begins with due.
    ///
    /// - Returns: What is to be said of start pages that are another site's; nil where none is.
    private func seed(_ start: Start) async throws -> String? {
        let pages: [FrontierURL]
        switch start {
        case .spider: pages = context.profile.spider.seeds
        case .pages(let named): pages = named
        case .resume: return nil
        }
        let foreign = try await context.frontier.makeDue(pages)
        guard let owner = foreign.first?.owner else { return nil }
        // Not by address: it may name a person.
        let note =
            "\(foreign.count) of \(pages.count) start pages are not asked: they are in the queue of '\(owner)', whose spider found them first"
        context.log.warning("\(note)")
        return note
    }

    /// Yesterday's shares do no harm: what went wrong is told, and tried again.
    private func refreshRevisits() async {
        do {
            try await context.revisits.refresh(now: Date())
        } catch {
            context.log.warning("requests are shared out as before: \(error)")
        }
    }

    private func ending(_ failure: (any Error)?, notAsked: String?) -> (CrawlRun.State, String) {
        if let failure { return (.failed, "\(failure)") }
        switch context.monitor.ending {
        case .stopped(let reason)?: return (.stopped, reason)
        case .closed(let reason)?: return (.finished, "\(reason)")
        case .finished(let reason)?: return (.finished, reason)
        case nil where Task.isCancelled: return (.stopped, "stopped by the operator")
        case nil: break
        }
        let closed = context.monitor.closedHosts.sorted { $0.key < $1.key }.map {
            "\($0.key) is left alone: \($0.value)"
        }
        let paused = context.monitor.instructions.pausedHosts.sorted().map { "\($0) is paused" }
        let others = closed.count + paused.count - Self.namedHosts
        let nothing =
            context.monitor.nextDue.map { "nothing is due before \($0.formatted(.iso8601))" }
            // What waits on paused hosts is not looked at.
            ?? (paused.isEmpty ? "nothing left to do" : "nothing left to do on hosts that are not paused")
        let named =
            (closed + paused).prefix(Self.namedHosts) + (others > 0 ? ["so it is with \(others) more hosts"] : [])
        return (.finished, ([nothing, notAsked].compactMap(\.self) + named).joined(separator: "; "))
    }

    /// What wakes the crawl up.
    private enum Event { case workerEnded, tick, workFound, nothingMore }

    private func work(pausedBefore: Set<String>) async throws {
        try await withThrowingTaskGroup(of: Event.self) { events in
            let places = context.concurrentHosts
            var running = 0
            events.addTask { await Self.tick() }
            events.addTask { [monitor = context.monitor] in await Self.workFound(monitor) }
            while !context.monitor.isStopping, !context.monitor.isLimitReached {
                try Task.checkCancellation()
                let instructions = context.monitor.instructions
                if instructions.pause == nil, running < places,
                    let (lease, memory, since) = try await leaseHost()
                {
                    events.addTask { [context] in
                        var worker = HostWorker(context: context, lease: lease, memory: memory, since: since)
                        try await worker.run()
                        return .workerEnded
                    }
                    running += 1
                    context.monitor.note(workers: running)
                } else if running > 0 {
                    switch try await events.next() {
                    case .workerEnded?:
                        running -= 1
                        context.monitor.note(workers: running)
                    // Another host may have become due while the workers are busy with theirs.
                    case .tick?:
                        await refreshRevisits()
                        context.monitor.note(hostsWait: running >= places ? try await isHostReady() : false)
                        events.addTask { await Self.tick() }
                    case .workFound?:
                        events.addTask { [monitor = context.monitor] in await Self.workFound(monitor) }
                    case .nothingMore?: break
                    case nil: running = 0
                    }
                } else if instructions.pause != nil {
                    try await Task.sleep(for: ControlLoop.interval)
                } else if try await !waitForDue(), try await !waitForPaused(besides: pausedBefore) {
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
        try? await Task.sleep(for: ControlLoop.interval)
        return .tick
    }

    /// Waits until a worker has found URLs for other hosts.
    private static func workFound(_ monitor: CrawlMonitor) async -> Event {
        for await _ in monitor.found { return .workFound }
        return .nothingMore
    }

    /// A host to work on, what is known of it, and since when it is ours at the latest.
    private func leaseHost() async throws -> (HostLease, HostMemory, since: ContinuousClock.Instant)? {
        let context = context
        let start = ContinuousClock.now
        // Not cancelled with the run: a host that was leased without anybody hearing of it would be nobody's for the whole lease.
        let leasing = Task { () -> (HostLease, HostMemory, since: ContinuousClock.Instant)? in
            let lease = try await context.frontier.leaseHost(
                site: context.profile.spider.site, owner: context.profile.owner, seconds: context.limits.leaseSeconds)
            guard let lease else { return nil }
            return (lease, try await context.frontier.memory(of: lease), start)
        }
        return try await withTaskCancellationHandler {
            try await leasing.value
        } onCancel: {
            // Nor is the database waited for then.
            context.monitor.stop()
        }
    }

    /// Whether a host could be worked on if there were a place.
    private func isHostReady() async throws -> Bool {
        try await context.frontier.nextDue(site: context.profile.spider.site).map { $0 <= Date() } ?? false
    }

    /// Waits for the next URL that becomes due soon; false when none does.
    private func waitForDue() async throws -> Bool {
        let due = try await context.frontier.nextDue(site: context.profile.spider.site)
        context.monitor.note(nextDue: due)
        guard let due else { return false }
        let wait = due.timeIntervalSinceNow
        guard wait <= context.profile.patience.seconds else {
            // What an earlier run found out is this one's reason for doing nothing.
            for host in try await context.frontier.closedHosts(site: context.profile.spider.site)
            where host.wait > .zero {
                context.monitor.note(host: host.host, closed: host.reason)
            }
            return false
        }
        // In steps, so that what is added meanwhile is seen.
        try await Task.sleep(for: min(max(.seconds(wait), .milliseconds(50)), ControlLoop.interval))
        return true
    }

    /// Waits while a host is paused that was not when the run began; what was paused before is none of this run's business.
    private func waitForPaused(besides before: Set<String>) async throws -> Bool {
        // The frontier knew of a pause at once, the control loop may not yet.
        context.monitor.obey(try await context.control.instructions(site: context.profile.spider.site))
        guard !context.monitor.instructions.pausedHosts.isSubset(of: before) else { return false }
        try await Task.sleep(for: ControlLoop.interval)
        return true
    }
}
