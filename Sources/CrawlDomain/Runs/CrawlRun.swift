public import struct Foundation.Date

/// Counters of one run; all are totals since its start.
public struct CrawlCounters: Sendable, Hashable {
    public var pages = 0
    public var bytes = 0
    public var inserted = 0
    public var updated = 0
    public var unchanged = 0
    public var linksAdded = 0
    public var retries = 0
    public var dead = 0
    public var disallowed = 0
    /// Drop reason → how often.
    public var drops: [String: Int] = [:]
    /// Error code → how often.
    public var errors: [String: Int] = [:]

    /// All zero.
    public init() {}

    /// Items written, new or changed.
    public var itemsWritten: Int { inserted + updated }

    /// Adds what a commit changed.
    public mutating func add(_ summary: CommitSummary) {
        inserted += summary.inserted
        updated += summary.updated
        unchanged += summary.unchanged
        linksAdded += summary.linksAdded
        for drop in summary.drops { count(drop) }
    }

    /// Counts a visit that did not end well.
    public mutating func add(_ disposition: VisitOutcome.Disposition) {
        switch disposition {
        case .retry: retries += 1
        case .dead: dead += 1
        case .done: break
        }
    }

    /// Counts a drop.
    public mutating func count(_ drop: Drop) { drops[drop.reason.rawValue, default: 0] += 1 }
}

/// One run of a crawl, as it is recorded.
public struct CrawlRun: Sendable, Hashable {
    /// How it stands.
    public enum State: String, Sendable, Hashable, Codable {
        case running, finished, stopped, failed
    }

    public let id: String
    public let site: String
    public let startedAt: Date
    public var state: State
    public var counters: CrawlCounters
    public var endedAt: Date?
    /// Why it ended: "frontier empty", "limit of 100 pages reached", an error.
    public var reason: String?

    /// Makes a run.
    public init(
        id: String, site: String, startedAt: Date, state: State = .running, counters: CrawlCounters = .init(),
        endedAt: Date? = nil, reason: String? = nil
    ) {
        self.id = id
        self.site = site
        self.startedAt = startedAt
        self.state = state
        self.counters = counters
        self.endedAt = endedAt
        self.reason = reason
    }
}
