public import CrawlDomain
public import Fetching
import Foundation
public import Logging
import WebStandards

/// Everything a worker needs; put together once per run.
public struct CrawlContext: Sendable {
    /// The spider with what the operator decided.
    public let profile: CrawlProfile
    /// Reads pages.
    public let extractor: SpiderExtractor
    /// Asks for them.
    public let fetcher: Fetcher
    /// The durable queue.
    public let frontier: any Frontier
    /// Where results go.
    public let ledger: any CrawlLedger
    /// Turns over what hosts share; nil where nothing is shared.
    public let turnKeeper: (any TurnKeeper)?
    /// Requests of a day; nil for no limit.
    public let budgets: RequestBudgets?
    /// What waits for its commit.
    let waiting = WaitingPages()
    /// Until when this process leaves hosts alone.
    let pauses = HostPauses()
    /// Where the operator's instructions are.
    public let control: any CrawlControl
    /// When pages are visited again.
    public let revisits: RevisitPlanner
    /// What pages give, field by field.
    public let drift: DriftWatch
    /// Whose turn it is to store alarms.
    let alarmTurn = AlarmTurn()
    /// Where that is kept; nil for nowhere.
    public let driftStore: (any DriftStore)?
    /// How work is batched.
    public let limits: CrawlLimits
    /// What has been done so far.
    public let monitor: CrawlMonitor
    /// Where is told what goes on.
    public let log: Logger
    /// Where is told what took long.
    let slow: SlowLog
    /// Uniform in 0…1, for back-off.
    public let jitter: @Sendable () -> Double

    /// Puts the parts together.
    public init(
        profile: CrawlProfile, extractor: SpiderExtractor, fetcher: Fetcher, frontier: any Frontier,
        ledger: any CrawlLedger, turnKeeper: (any TurnKeeper)? = nil, requestBudget: (any RequestBudget)? = nil,
        control: any CrawlControl = Uncontrolled(), revisits: (any RevisitStore)? = nil,
        driftStore: (any DriftStore)? = nil, limits: CrawlLimits = .init(), monitor: CrawlMonitor, log: Logger,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.profile = profile
        self.extractor = extractor
        self.fetcher = fetcher
        self.frontier = frontier
        self.ledger = ledger
        self.control = control
        self.revisits = RevisitPlanner(spider: profile.spider, store: revisits, budget: profile.revisitBudget)
        drift = DriftWatch(spider: profile.spider)
        self.driftStore = driftStore
        self.turnKeeper = turnKeeper
        budgets = requestBudget.flatMap { profile.budgets(of: $0) }
        self.limits = limits
        self.monitor = monitor
        self.log = log
        slow = SlowLog(log: log) { limits.slowPage }
        self.jitter = jitter
    }

    /// Hosts worked on at once, by the delay of the start pages' hosts.
    public var concurrentHosts: Int { limits.concurrentHosts(delay: profile.usualDelay) }

    /// The request for one page.
    ///
    /// - Parameters:
    ///   - condition: Fields that make the request a conditional one.
    ///   - largest: Another limit than the fetcher's, beyond which the request fails.
    ///   - isRedirected: Whether a redirect led here.
    func request(
        for url: WebURL, ifChangedFrom condition: HeaderFields = [:], largest: Int? = nil, isRedirected: Bool = false
    ) -> FetchRequest {
        var request = profile.pageRequest(for: url, isRedirected: isRedirected)
        // A condition on a POST asks for 412 and not for 304 (RFC 9110, 13.2.2).
        if request.method == .get { request.headers.append(contentsOf: condition) }
        if let largest { request.limits.maximumBodyBytes = largest }
        return request
    }

    /// The turns that a host shares with others; nil where no gap was promised for them.
    func turns(ofHostAt url: WebURL) -> SharedTurns? {
        let (siteGap, addressGap) = profile.sharedDelays(at: url)
        guard let turnKeeper, max(siteGap, addressGap) > .zero else { return nil }
        return SharedTurns(
            keeper: turnKeeper, site: profile.spider.site, siteGap: siteGap, addressGap: addressGap)
    }
}
