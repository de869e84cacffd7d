public import struct Foundation.Date
public import WebStandards

/// A URL of the frontier, as lists and sitemaps are compared with it.
public struct KnownURL: Sendable, Hashable {
    /// The URL.
    public let entry: FrontierURL
    /// What is planned for it; nil where it was never visited, or is about to be.
    public let record: RevisitRecord?
    /// When it was last asked.
    public let visited: Date?
    /// Source of a list → hash of what it said last.
    public let signals: [String: String]

    /// Makes one.
    public init(entry: FrontierURL, record: RevisitRecord?, visited: Date?, signals: [String: String]) {
        self.entry = entry
        self.record = record
        self.visited = visited
        self.signals = signals
    }
}

/// What a list said of a page.
public struct HeardSignal: Sendable, Hashable {
    /// The kind of list.
    public let source: String
    /// The hash of what it said.
    public let hash: String

    /// Makes one.
    public init(source: String, hash: String) {
        self.source = source
        self.hash = hash
    }
}

/// What a signal does to a known URL.
public struct SignalEffect: Sendable, Hashable {
    /// The URL.
    public let url: KnownURL
    /// What a list said, to be kept; nil for a sitemap's date.
    public let heard: HeardSignal?
    /// A new plan; nil leaves the old one.
    public let decision: RevisitDecision?

    /// Makes an effect.
    public init(url: KnownURL, heard: HeardSignal?, decision: RevisitDecision?) {
        self.url = url
        self.heard = heard
        self.decision = decision
    }
}

/// Pages of one class that change about as often.
public struct RevisitGroup: Sendable, Hashable {
    /// The page kind.
    public let page: String
    /// The spider's class; nil for the page kind's own.
    public let className: String?
    /// Changes a day.
    public let rate: Double
    /// How many pages; a part where the pages were sampled.
    public let pages: Double

    /// Makes a group.
    public init(page: String, className: String?, rate: Double, pages: Double) {
        self.page = page
        self.className = className
        self.rate = rate
        self.pages = pages
    }
}

/// What a site's frontier holds, as far as the sharing out of requests goes.
public struct RevisitCensus: Sendable, Hashable {
    /// Visited pages by kind, class and rate.
    public var groups: [RevisitGroup]
    /// URLs that were never visited and wait.
    public var waiting: Double

    /// Makes a census.
    public init(groups: [RevisitGroup] = [], waiting: Double = 0) {
        self.groups = groups
        self.waiting = waiting
    }
}

/// How a site's requests are shared out, until it is computed again.
public struct RevisitShares: Sendable, Hashable {
    /// What one more request a day must bring, in weighted freshness; pages that bring less are asked as rarely as their maximum age allows.
    public var multiplier: Double
    /// Requests a day for revisits.
    public var budget: Double
    /// The longest delay a host of the site was promised, in seconds.
    public var delay: Double
    /// When it was computed.
    public var computedAt: Date

    /// Makes shares.
    public init(multiplier: Double, budget: Double, delay: Double, computedAt: Date) {
        self.multiplier = multiplier
        self.budget = budget
        self.delay = delay
        self.computedAt = computedAt
    }
}

/// What is kept of revisits beside the visits themselves. Every write is idempotent.
public protocol RevisitStore: Sendable {
    /// Of these URLs those that are known and not just being asked.
    func known(_ urls: [URLFingerprint]) async throws -> [KnownURL]

    /// Keeps what lists said, and new plans; a URL that was visited or leased since is left as it is.
    func apply(_ effects: [SignalEffect]) async throws

    /// Counts a site's URLs, at a cost that does not grow with them beyond a limit.
    func census(site: String) async throws -> RevisitCensus

    /// How a site's requests were shared out last.
    func shares(site: String) async throws -> RevisitShares?

    /// Keeps how they are shared out now.
    func save(_ shares: RevisitShares, site: String) async throws
}
