public import CrawlDomain
import Foundation
import Synchronization
import WebStandards

/// What a running crawl has done so far, and whether it should go on. Shared by the workers and whoever watches.
public final class CrawlMonitor: Sendable {
    private struct State {
        var counters = CrawlCounters()
        var pagesLeft: Int?
        var isStopping = false
        var stopReason: String?
        var closedHosts: [String: String] = [:]
        var nextDue: Date?
        var known: Set<URLFingerprint> = []
    }

    private let state: Mutex<State>

    /// Watches a run of at most `maximumPages` pages; nil for no limit.
    public init(maximumPages: Int? = nil) {
        state = Mutex(State(pagesLeft: maximumPages))
    }

    /// The totals so far.
    public var counters: CrawlCounters { state.withLock { $0.counters } }

    /// Hosts left alone, with the reason.
    public var closedHosts: [String: String] { state.withLock { $0.closedHosts } }

    /// Whether workers should finish what they hold and end.
    public var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Whether the page limit is used up.
    public var isLimitReached: Bool { state.withLock { $0.pagesLeft == 0 } }

    /// Asks the workers to end; what is fetched is still stored.
    public func stop() { state.withLock { $0.isStopping = true } }

    /// Asks the workers to end, for a reason that is not the operator's; the first one counts.
    func stop(because reason: String) {
        state.withLock { state in
            if !state.isStopping { state.stopReason = reason }
            state.isStopping = true
        }
    }

    /// Why the run ends, when that is not the operator's wish.
    var stopReason: String? { state.withLock { $0.stopReason } }

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

    /// The visit without the links this run has already stored: most links of a page lead to pages that are known.
    func withoutKnownURLs(_ visit: VisitOutcome) -> VisitOutcome {
        var visit = visit
        state.withLock { state in visit.discovered.removeAll { state.known.contains($0.fingerprint) } }
        return visit
    }

    /// Takes note of links that are stored.
    func remember(_ urls: [FrontierURL]) { state.withLock { $0.known.formUnion(urls.map(\.fingerprint)) } }

    /// When the next URL is due, as of when the run had nothing to do; nil when nothing waits.
    var nextDue: Date? { state.withLock { $0.nextDue } }

    func note(nextDue: Date?) { state.withLock { $0.nextDue = nextDue } }

    func note(host: String, closed reason: String?) { state.withLock { $0.closedHosts[host] = reason } }
}
