import CrawlDomain
import Foundation
import Logging
import WebStandards

/// Asks one leased host, URL by URL, and commits what comes of it in batches.
///
/// It ends when nothing of the host is due, when the host is to be left alone for long, when others have waited long enough for its place,
/// or when the run stops. When a request may be made
/// is decided by ``PoliteHost``; what becomes of a URL by ``PageVisit``.
struct HostWorker {
    private let context: CrawlContext
    private let lease: HostLease
    private var host: PoliteHost
    private var visits: VisitCommitter
    private let begin = ContinuousClock.now

    /// - Parameter since: From before the lease was asked for.
    init(context: CrawlContext, lease: HostLease, memory: HostMemory, since: ContinuousClock.Instant) {
        self.context = context
        self.lease = lease
        host = PoliteHost(context: context, lease: lease, memory: memory, since: since)
        visits = VisitCommitter(context: context, lease: lease)
    }

    /// Works until there is nothing left to do here; the lease is given back in every case.
    mutating func run() async throws {
        let (frontier, heartbeat) = (context.frontier, host.heartbeat)
        await heartbeat.confirm(frontier)
        let beating = Task { await heartbeat.run(frontier) }
        let failure = await failureOfWork()
        beating.cancel()
        host.notePause()
        if let failure, !(failure is LeaseLostError) {
            // The lease ends by itself if this fails too; what went wrong first is what counts.
            try? await host.release()
            throw failure
        } else if let failure {
            context.monitor.count { $0.errors["lease_lost", default: 0] += 1 }
            context.log.warning("\(failure)")
        } else {
            try await host.release()
        }
    }

    private mutating func failureOfWork() async -> (any Error)? {
        var failure: (any Error)?
        do { try await work() } catch { failure = error }
        // What was fetched is stored, whatever went wrong with the rest.
        do { try await commit() } catch { failure = failure ?? error }
        if failure != nil { visits.giveUp() }
        return failure
    }

    private mutating func work() async throws {
        // A long crawl outlives its robots.txt, so the gate is opened anew for each lease of URLs.
        while host.obey(), !givesWay, let gate = try await openGate() {
            let leased = try await leaseURLs()
            guard !leased.isEmpty else { return }
            let asked = try await visit(leased, gate)
            // A URL's new state must be durable before the next lease, or it would be handed out again.
            try await commit()
            guard asked == leased.count else {
                let (frontier, lease, rest) = (context.frontier, lease, Array(leased[asked...]))
                return try await Task { try await frontier.giveBack(rest, of: lease) }.value
            }
        }
    }

    /// Like giving back, not cancelled with the run: what nobody has asked for must not look as if it had killed somebody.
    private func leaseURLs() async throws -> [LeasedURL] {
        let (frontier, lease, limit) = (context.frontier, lease, context.limits.leaseBatch(delay: host.schedule.delay))
        return try await Task { try await frontier.lease(limit, of: lease) }.value
    }

    /// Visits URLs in order; returns how many were visited before something ended it.
    private mutating func visit(_ leased: [LeasedURL], _ gate: RobotsGate) async throws -> Int {
        for (index, url) in leased.enumerated() {
            let page = PageVisit(context: context, gate: gate, url: url)
            if let known = page.outcome(knowing: host.memory.robots) ?? page.outcomeUnlessAllowed() {
                visits.append(known)
                continue
            }
            // Time that must be waited anyway is time to store what is here.
            if host.wait >= .milliseconds(500), visits.isRipe { try await commit() }
            guard host.isOpen(), context.monitor.takePage() else { return index }
            guard let visit = try await page.make(&host) else {
                context.monitor.putBackPage()
                return index
            }
            visits.append(visit)
            try await host.rememberClosure()
            if url.isSuspect || visits.isDue { try await commit() }
        }
        return leased.count
    }

    /// Whether hosts that wait should have this one's place.
    private var givesWay: Bool {
        context.monitor.givesWay(held: begin.duration(to: .now), wait: host.wait)
    }

    private mutating func commit() async throws {
        host.revise(try await visits.commit(wait: host.wait))
    }
}

extension HostWorker {
    /// What robots.txt allows, from memory or from the host; nil when nothing may be asked now.
    private mutating func openGate() async throws -> RobotsGate? {
        guard let url = host.robots, context.profile.isInScope(url) else {
            host.leaveAlone(for: .seconds(3_600), because: "not allowed by the configuration")
            return nil
        }
        var lookup = RobotsLookup(
            at: url, remembered: host.memory.robots, now: Date(), mayAsk: context.profile.isInScope)
        do {
            let robots = try await lookup.run { question in
                do throws(AskError) {
                    let exchange = try await host.ask(context.profile.request(for: question), isRules: true)
                    host.record(exchange.response.health(ofRules: true), at: exchange.end)
                    return exchange
                } catch .failed(let error) {
                    context.log.warning("\(error)")
                    throw error
                }
            }
            let gate = host.take(robots, from: url)
            return host.isOpen() ? gate : nil
        } catch AskError.storage(let error) {
            throw error
        } catch is AskError {
            // A run that stops meanwhile, or a host whose turn is far away, has learnt nothing.
            return nil
        }
    }
}
