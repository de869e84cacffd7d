public import struct Foundation.Date

/// Counters of one run; all are totals since its start.
public struct CrawlCounters: Sendable, Hashable {
    /// Pages answered.
    public var pages = 0
    /// Pages of these that had not changed since they were stored, as their server said (304).
    public var notModified = 0
    /// Bytes of decoded bodies.
    public var bytes = 0
    /// Items that were new.
    public var inserted = 0
    /// Items that had changed.
    public var updated = 0
    /// Items found as they were stored.
    public var unchanged = 0
    /// URLs new to the frontier.
    public var linksAdded = 0
    /// URLs to be asked again after a failure.
    public var retries = 0
    /// URLs given up.
    public var dead = 0
    /// URLs that robots.txt forbids.
    public var disallowed = 0
    /// Why links were refused (see `limits` of spiders) → how often.
    public var refused: [String: Int] = [:]
    /// Drop reason → how often.
    public var drops: [String: Int] = [:]
    /// Error code → how often.
    public var errors: [String: Int] = [:]
    /// Class of HTTP status ("2xx") → answers.
    public var statuses: [String: Int] = [:]
    /// Milliseconds of ``answerBounds`` that an answer took at most, or "more" → answers.
    public var answers: [String: Int] = [:]
    /// Milliseconds until answers had ended, summed.
    public var answerMilliseconds = 0
    /// Milliseconds for which requests waited for their turn, summed.
    public var waitMilliseconds = 0

    /// What ``answers`` are counted by.
    public static let answerBounds = [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000]

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
        refused.merge(summary.refused) { $0 + $1 }
        for drop in summary.drops { count(drop) }
    }

    /// Counts a visit that did not end well.
    public mutating func add(_ disposition: VisitOutcome.Disposition) {
        switch disposition {
        case .retry, .postponed: retries += 1
        case .dead: dead += 1
        case .done, .moved: break
        }
    }

    /// Counts an answer and the time it took.
    public mutating func countAnswer(status: Int, milliseconds: Int) {
        statuses["\(status / 100)xx", default: 0] += 1
        let bound = Self.answerBounds.first { milliseconds <= $0 }
        answers[bound.map { "\($0)" } ?? "more", default: 0] += 1
        answerMilliseconds += milliseconds
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

    /// "demo-20260102T030405Z-a1b2".
    public let id: String
    /// The spider's site.
    public let site: String
    /// When it began.
    public let startedAt: Date
    /// How it stands.
    public var state: State
    /// Totals since the start.
    public var counters: CrawlCounters
    /// When it ended; nil while it runs.
    public var endedAt: Date?
    /// Why it ended: "frontier empty", "limit of 100 pages reached", an error.
    public var reason: String?
    /// The process that runs it, as leases name it.
    public var owner: String?
    /// The hosts it asks or has asked, those with most requests first; at most ``maximumPaces``.
    public var paces: [HostPace] = []
    /// Seconds from the end of any answer to the next request, to whatever host; zero where its hosts share no turn.
    public var sharedDelaySeconds = 0.0
    /// How near it is to the fastest polite crawl; nil before the first record.
    public var efficiency: CrawlEfficiency?

    /// Hosts that are recorded with a run: enough to see who is slow, and few enough to be written every few seconds.
    public static let maximumPaces = 32

    /// Makes a run.
    public init(
        id: String, site: String, startedAt: Date, state: State = .running, counters: CrawlCounters = .init(),
        endedAt: Date? = nil, reason: String? = nil, owner: String? = nil
    ) {
        self.id = id
        self.site = site
        self.startedAt = startedAt
        self.state = state
        self.counters = counters
        self.endedAt = endedAt
        self.reason = reason
        self.owner = owner
    }
}
