public import CrawlDomain
import Foundation
import Synchronization
import WebStandards

/// What a running crawl has done so far, what its operator asks of it, and whether it should go on. Shared by the workers and whoever
/// watches.
public final class CrawlMonitor: Sendable {
    /// Why a run ends before its frontier is empty.
    public enum Ending: Sendable, Hashable {
        /// Somebody told it to; the text says who.
        case stopped(String)
        /// A close condition holds.
        case closed(CloseReason)
        /// Nothing more may be done for now; the text says why, and when it goes on.
        case finished(String)
    }

    private struct State {
        var counters = CrawlCounters()
        var pagesLeft: Int?
        var storedPages = 0
        var ending: Ending?
        var closedHosts: [String: String] = [:]
        var nextDue: Date?
        var known = RecentFingerprints()
        var watch: CloseWatch
        var paces: [String: HostPace] = [:]
        /// Of what hosts share: the site's turn, the turns of addresses.
        var sharedPaces: [String: HostPace] = [:]
        var instructions = CrawlInstructions()
        var pausedFor: Duration = .zero
        var pausedSince: ContinuousClock.Instant?
        var heard: Set<Heard> = []
        var rotation = HostRotation()
        var workers = 0
    }

    /// What lists and sitemaps said of a URL.
    private struct Heard: Hashable {
        let url: URLFingerprint
        let signal: LinkSignal
    }

    /// Signals remembered at most.
    private static let mostHeard = 200_000

    private let state: Mutex<State>
    private let start = ContinuousClock.now
    /// Has an element when URLs were found on a host for others; one reader.
    let found: AsyncStream<Void>
    private let foundURLs: AsyncStream<Void>.Continuation

    /// Watches a run that ends under these conditions.
    public init(conditions: CloseConditions = .init()) {
        state = Mutex(State(pagesLeft: conditions.pages, watch: CloseWatch(conditions)))
        (found, foundURLs) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Watches a run of at most `maximumPages` pages.
    public convenience init(maximumPages: Int?) {
        self.init(conditions: CloseConditions(pages: maximumPages))
    }

    /// The totals so far.
    public var counters: CrawlCounters { state.withLock { $0.counters } }

    /// Hosts left alone, with the reason.
    public var closedHosts: [String: String] { state.withLock { $0.closedHosts } }

    /// Whether workers should finish what they hold and end.
    public var isStopping: Bool { state.withLock { $0.ending != nil } }

    /// Why it ends; nil while it goes on, or when it ends because nothing is left to do.
    public var ending: Ending? {
        state.withLock { state in
            state.ending ?? (state.pagesLeft == 0 ? state.watch.conditions.pages.map { .closed(.pages($0)) } : nil)
        }
    }

    /// Whether the page limit is used up.
    public var isLimitReached: Bool { state.withLock { $0.pagesLeft == 0 } }

    /// Asks the workers to end; what is fetched is still stored. The first reason counts.
    public func stop(_ reason: String = "stopped by the operator") {
        state.withLock { $0.ending = $0.ending ?? .stopped(reason) }
    }

    /// Asks the workers to end because nothing more may be done for now; the first reason counts.
    func finish(because reason: String) {
        state.withLock { $0.ending = $0.ending ?? .finished(reason) }
    }

    /// Takes one page of the limit; false when it is used up.
    func takePage() -> Bool {
        state.withLock { state in
            guard let left = state.pagesLeft else { return true }
            guard left > 0 else { return false }
            state.pagesLeft = left - 1
            return true
        }
    }

    /// Puts back a page that was not asked for after all.
    func putBackPage() { state.withLock { $0.pagesLeft? += 1 } }

    func count(_ change: (inout CrawlCounters) -> Void) { state.withLock { change(&$0.counters) } }

    /// The visit without the links this run has already stored: most links of a page lead to pages that are known. A link that says
    /// something new of its page stays.
    func withoutKnownURLs(_ visit: VisitOutcome) -> VisitOutcome {
        var visit = visit
        state.withLock { state in
            visit.discovered.removeAll { link in
                state.known.contains(link.fingerprint)
                    && link.signal.map { state.heard.contains(Heard(url: link.fingerprint, signal: $0)) } ?? true
            }
        }
        return visit
    }

    /// Whether this run has stored a link already; false too when that was long ago.
    func isKnown(_ url: URLFingerprint) -> Bool { state.withLock { $0.known.contains(url) } }

    /// Takes note of visits that are stored, and looks whether the run should end now.
    func note(stored visits: [VisitOutcome], _ summary: CommitSummary, now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            state.storedPages += visits.count
            state.counters.add(summary)
            // A link that is over its budget today is stored by nobody, and may be found again tomorrow.
            if summary.refused.isEmpty {
                for visit in visits { for url in visit.discovered { Self.remember(url, &state) } }
            }
            watch(&state, now)
        }
        // So that a host which has run dry goes on at once.
        if visits.contains(where: \.leadsElsewhere) { foundURLs.yield() }
    }

    private static func remember(_ url: FrontierURL, _ state: inout State) {
        state.known.insert(url.fingerprint)
        guard let signal = url.signal else { return }
        // Forgetting costs a look into the database.
        if state.heard.count >= mostHeard { state.heard.removeAll() }
        state.heard.insert(Heard(url: url.fingerprint, signal: signal))
    }

    /// Looks whether time alone ends the run.
    func tick(now: ContinuousClock.Instant = .now) { state.withLock { watch(&$0, now) } }

    private func watch(_ state: inout State, _ now: ContinuousClock.Instant) {
        let progress = CloseWatch.Progress(
            pages: state.storedPages, items: state.counters.itemsWritten,
            errors: state.counters.retries + state.counters.dead, elapsed: start.duration(to: now),
            paused: paused(state, now))
        guard let reason = state.watch.note(progress), state.ending == nil else { return }
        state.ending = .closed(reason)
    }

    /// When the next URL is due, as of when the run had nothing to do; nil when nothing waits.
    var nextDue: Date? { state.withLock { $0.nextDue } }

    func note(nextDue: Date?) { state.withLock { $0.nextDue = nextDue } }

    func note(host: String, closed reason: String?) { state.withLock { $0.closedHosts[host] = reason } }
}

/// What the operator asks.
extension CrawlMonitor {
    /// What is asked of the run now.
    public var instructions: CrawlInstructions { state.withLock { $0.instructions } }

    /// Takes note of what is asked of the run from now on.
    public func obey(_ instructions: CrawlInstructions, now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            let pausedFor = paused(state, now)
            state.pausedSince = instructions.pause == nil ? nil : now
            state.pausedFor = pausedFor
            state.instructions = instructions
        }
    }

    /// Whether a host may be asked as far as the operator goes: neither is it paused, nor does the run end.
    func mayAsk(_ host: String) -> Bool {
        state.withLock { $0.ending == nil && !$0.instructions.isPaused(host) }
    }

    /// Whether a request that was taken from the day's budget may go out: also when another one found the budget used up meanwhile, or the last
    /// of it would be lost.
    func maySpend(_ host: String) -> Bool {
        state.withLock { state in
            guard !state.instructions.isPaused(host) else { return false }
            if case .finished? = state.ending { return true }
            return state.ending == nil
        }
    }

    private func paused(_ state: borrowing State, _ now: ContinuousClock.Instant) -> Duration {
        state.pausedFor + (state.pausedSince?.duration(to: now) ?? .zero)
    }
}

/// Who works on which host for how long.
extension CrawlMonitor {
    /// Hosts that are worked on.
    var workers: Int { state.withLock { $0.workers } }

    func note(workers: Int) { state.withLock { $0.workers = workers } }

    /// Takes note of whether a host waits for a place among those that are worked on.
    func note(hostsWait: Bool) { state.withLock { $0.rotation.look(hostsWait: hostsWait, workers: $0.workers) } }

    /// Whether a host should be given back because others wait.
    func givesWay(held: Duration, wait: Duration) -> Bool {
        state.withLock { $0.rotation.givesWay(held: held, wait: wait) }
    }
}

/// How fast hosts are asked.
extension CrawlMonitor {
    /// Each host that was asked, or is about to be.
    public var paces: [HostPace] { state.withLock { Array($0.paces.values) } }

    /// Time since the start without pauses.
    public func workingTime(now: ContinuousClock.Instant = .now) -> Duration {
        state.withLock { start.duration(to: now) - paused($0, now) }
    }

    /// How near the run is to the fastest polite crawl.
    public func efficiency(now: ContinuousClock.Instant = .now) -> CrawlEfficiency {
        let all = state.withLock { Array($0.paces.values) + Array($0.sharedPaces.values) }
        return CrawlEfficiency(paces: all, seconds: workingTime(now: now).seconds)
    }

    /// Seconds from the end of any answer to the next request, to whatever host; zero where not all hosts share a turn.
    public var sharedDelay: Double {
        state.withLock { state in
            let requests = state.paces.values.reduce(0) { $0 + $1.requests }
            return state.sharedPaces.values.filter { $0.requests == requests }.map(\.promiseSeconds).max() ?? 0
        }
    }

    /// Takes note of the delay that is kept to a host.
    func note(host: String, _ schedule: HostSchedule) {
        state.withLock { state in
            state.paces[host, default: HostPace(host: host)].delaySeconds = schedule.delay.seconds
            state.paces[host]?.promiseSeconds = schedule.promise.delay.seconds
            state.paces[host]?.reason = schedule.delayReason
        }
    }

    /// Counts a request to a host and how long it took, also for the turns that it took with other hosts.
    func noteRequest(
        to host: String, sharing turns: [Turn] = [], from begin: ContinuousClock.Instant,
        until end: ContinuousClock.Instant = .now
    ) {
        let seconds = begin.duration(to: end).seconds
        state.withLock { state in
            state.paces[host, default: HostPace(host: host)].count(seconds)
            for turn in turns {
                let new = HostPace(host: turn.key, promiseSeconds: turn.gap.seconds)
                state.sharedPaces[turn.key, default: new].count(seconds)
            }
        }
    }

    /// What a record of the run says of it now.
    func recorded(_ run: CrawlRun) -> CrawlRun {
        var run = run
        run.counters = counters
        run.efficiency = efficiency()
        run.sharedDelaySeconds = sharedDelay
        run.paces = Array(
            paces.sorted { ($1.requests, $0.host) < ($0.requests, $1.host) }.prefix(CrawlRun.maximumPaces))
        return run
    }
}

extension HostPace {
    fileprivate mutating func count(_ seconds: Double) {
        requests += 1
        answerSeconds += seconds
    }
}

extension VisitOutcome {
    /// Whether URLs were found on its page for another host.
    var leadsElsewhere: Bool { discovered.contains { $0.host != visited.entry.host } }
}
