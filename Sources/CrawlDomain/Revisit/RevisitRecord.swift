public import struct Foundation.Date

/// What the frontier keeps of a URL so that its next visit can be planned.
public struct RevisitRecord: Sendable, Hashable {
    /// The spider's class of the page: `airing`, `finished`; nil for the page kind's own.
    public var className: String?
    /// What visits have told.
    public var history: ChangeHistory
    /// Changes a day, as estimated from the history.
    public var rate: Double
    /// Until when the page is known: its last visit, or a later confirmation by a list.
    public var seen: Date
    /// What the page was, where that is not for its items to say: the hash of its links, an error.
    public var digest: String
    /// The interval planned last, in seconds.
    public var interval: Double

    /// Makes a record.
    public init(
        className: String?, history: ChangeHistory = .init(), rate: Double, seen: Date, digest: String, interval: Double
    ) {
        self.className = className
        self.history = history
        self.rate = rate
        self.seen = seen
        self.digest = digest
        self.interval = interval
    }
}

/// What becomes of a URL's plan.
public struct RevisitDecision: Sendable, Hashable {
    /// What is known of it from now on.
    public let record: RevisitRecord
    /// When it is visited again.
    public let due: Date

    /// Makes a decision.
    public init(record: RevisitRecord, due: Date) {
        self.record = record
        self.due = due
    }
}

/// The two ways a visit can go on, of which the ledger takes one: only where items are compared with the stored ones is it known whether
/// the page has changed.
public struct RevisitFork: Sendable, Hashable {
    /// When nothing that counts has changed.
    public let unchanged: RevisitDecision
    /// When something has.
    public let changed: RevisitDecision
    /// Fields by the type of item whose changes do not count: counters of members, ranks.
    public let ignored: [ItemType: Set<String>]

    /// Makes a fork; both ways are the same where it is known how the page has changed, or nothing to compare with.
    public init(unchanged: RevisitDecision, changed: RevisitDecision, ignored: [ItemType: Set<String>] = [:]) {
        self.unchanged = unchanged
        self.changed = changed
        self.ignored = ignored
    }
}
