public import CrawlDomain
public import Foundation
import Synchronization
import WebStandards

/// Keeps a run's revisit policy up to date, and takes in what lists and sitemaps say.
public final class RevisitPlanner: Sendable {
    private struct State {
        var policy = RevisitPolicy()
        var budget: RevisitBudget
        /// The longest delay that a host was promised in this run; nil before any robots.txt was read.
        var promised: Duration?
        /// The delay that the shares in use go by, in seconds.
        var usedDelay: Double?
        var computedAt: Date?

        /// The delay that shares should go by: what this run knows, else what an earlier one knew.
        func delay(stored: Double?) -> Double { max(budget.delay.seconds, promised?.seconds ?? stored ?? 0) }

        /// Whether it is time to look at the shares.
        func isDue(now: Date) -> Bool {
            guard let computedAt, let usedDelay else { return true }
            return now.timeIntervalSince(computedAt) >= RevisitPlanner.usual || isOutdated(usedDelay)
        }

        /// Whether shares that go by a delay are of no use: the sites' promises have changed.
        func isOutdated(_ used: Double) -> Bool {
            let delay = delay(stored: used)
            return abs(delay - used) > RevisitPlanner.tolerance * delay
        }
    }

    /// Shares younger than this are taken over from whoever computed them.
    private static let usual: TimeInterval = 3_600
    /// Shares hold while the delay is this near to the one they go by.
    private static let tolerance = 0.1
    /// Known URLs asked for at once.
    private static let batch = 1_000

    private let spider: Spider
    private let store: (any RevisitStore)?
    private let state: Mutex<State>

    /// Plans for a spider's pages; without a store every page keeps the interval that is usual for it.
    public init(spider: Spider, store: (any RevisitStore)?, budget: RevisitBudget) {
        self.spider = spider
        self.store = store
        state = Mutex(State(budget: budget))
    }

    /// The policy as of the last refresh.
    public var policy: RevisitPolicy { state.withLock { $0.policy } }

    /// Takes note of a delay that a host was promised; the longest counts, since the pages of a site are mostly on one host.
    func note(delay: Duration) { state.withLock { $0.promised = max($0.promised ?? .zero, delay) } }

    /// Shares out the budget anew, where that was not done within the hour, by this process or another, or hosts are promised another delay
    /// than then.
    public func refresh(now: Date) async throws {
        guard let store, state.withLock({ $0.isDue(now: now) }) else { return }
        let stored = try await store.shares(site: spider.site)
        if let stored, abs(now.timeIntervalSince(stored.computedAt)) < Self.usual,
            !state.withLock({ $0.isOutdated(stored.delay) })
        {
            return take(stored)
        }
        let census = try await store.census(site: spider.site)
        let delay = state.withLock { $0.delay(stored: stored?.delay) }
        // Of a site nobody has visited there is nothing to share out.
        guard !census.groups.isEmpty else { return state.withLock { ($0.computedAt, $0.usedDelay) = (now, delay) } }
        let shares = shares(census, delay: delay, now: now)
        try await store.save(shares, site: spider.site)
        take(shares)
    }

    private func take(_ shares: RevisitShares) {
        state.withLock { state in
            state.policy.multiplier = shares.multiplier
            state.computedAt = shares.computedAt
            state.usedDelay = shares.delay
        }
    }

    /// The shares for what a site's frontier holds.
    private func shares(_ census: RevisitCensus, delay: Double, now: Date) -> RevisitShares {
        var budget = state.withLock { $0.budget }
        budget.delay = .seconds(delay)
        let perDay = budget.perDay(waiting: census.waiting)
        let demands = census.groups.compactMap { group in
            spider.revisitRule(of: group.page).map {
                $0.terms(of: group.className).demand(rate: group.rate / 86_400, pages: group.pages)
            }
        }
        return RevisitShares(
            multiplier: RefreshAllocation.multiplier(of: demands, budget: perDay / 86_400), budget: perDay,
            delay: delay, computedAt: now)
    }

    /// Takes in what visited pages say of others, before the visits are stored: after a death in between they are visited and heard again.
    func hear(_ visits: [VisitOutcome], now: Date) async throws {
        guard let store else { return }
        var signals: [URLFingerprint: [LinkSignal]] = [:]
        for link in visits.lazy.flatMap(\.discovered) {
            if let signal = link.signal { signals[link.fingerprint, default: []].append(signal) }
        }
        let review = SignalReview(policy: policy, now: now)
        let urls = signals.keys.sorted()
        for start in stride(from: 0, to: urls.count, by: Self.batch) {
            let known = try await store.known(Array(urls[start..<min(start + Self.batch, urls.count)]))
            let effects = known.compactMap { url in effect(of: signals[url.entry.fingerprint] ?? [], on: url, review) }
            if !effects.isEmpty { try await store.apply(effects) }
        }
    }

    /// The effect of the first signal that says that a page has changed, else of the first that does anything.
    private func effect(of signals: [LinkSignal], on url: KnownURL, _ review: SignalReview) -> SignalEffect? {
        guard let rule = spider.revisitRule(of: url.entry.page) else { return nil }
        let changed = signals.first { review.verdict($0, of: url) == .hasChanged }
        if let changed { return review.effect(of: changed, on: url, rule: rule) }
        return signals.lazy.compactMap { review.effect(of: $0, on: url, rule: rule) }.first
    }
}
