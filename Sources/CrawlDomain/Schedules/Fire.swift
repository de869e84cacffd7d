public import struct Foundation.Date
import WebStandards

/// A fire as it is stored: (schedule, time) is its key, so that however many schedulers there are, there is one.
public struct Fire: Sendable, Hashable {
    /// How it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// To be run from `start` on.
        case due
        /// Somebody holds its lease.
        case running
        /// Its crawl ended.
        case done
        /// Its crawl failed, or its runners died too often.
        case failed
        /// It was left out.
        case skipped
    }

    /// Who wanted it.
    public enum Kind: String, Sendable, Hashable { case timed, manual }

    /// "nightly@2026-01-02T03:04:05Z".
    public let id: String
    /// The schedule's name.
    public let schedule: String
    /// The site that is crawled.
    public let site: String
    /// The time that the schedule names.
    public let time: Date
    /// When it is to start.
    public let start: Date
    /// Who wanted it.
    public var kind: Kind
    /// How it stands.
    public var state: State
    /// Why it was left out or failed.
    public var reason: String?
    /// Grows with every claim; a write under an older one is refused.
    public var token: Int
    /// Runners that took it and did not give it back.
    public var attempts: Int
    /// The id of its last run.
    public var run: String?
    /// When it was first run.
    public var startedAt: Date?
    /// When it was done, failed or left out.
    public var endedAt: Date?

    /// A fire.
    public init(
        id: String, schedule: String, site: String, time: Date, start: Date, kind: Kind, state: State, reason: String?,
        token: Int, attempts: Int, run: String?, startedAt: Date?, endedAt: Date?
    ) {
        self.id = id
        self.schedule = schedule
        self.site = site
        self.time = time
        self.start = start
        self.kind = kind
        self.state = state
        self.reason = reason
        self.token = token
        self.attempts = attempts
        self.run = run
        self.startedAt = startedAt
        self.endedAt = endedAt
    }

    /// The key of a schedule's time, in seconds since 1970.
    public static func id(of schedule: String, _ time: Int64) -> String { "\(schedule)@\(W3CDateTime.format(time))" }
}
