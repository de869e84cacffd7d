/// What a batch of visits changed in the database.
public struct CommitSummary: Sendable, Hashable {
    /// Documents that were new.
    public var inserted = 0
    /// Documents that had changed, removed ones included.
    public var updated = 0
    /// Documents of these that were removed.
    public var deleted = 0
    /// Documents found as they were stored.
    public var unchanged = 0
    /// URLs new to the frontier.
    public var linksAdded = 0
    /// Why links were not added: the budget they are over → how many.
    public var refused: [String: Int] = [:]
    /// Items the database refused, with the rule that failed.
    public var drops: [Drop] = []

    /// Nothing changed.
    public init() {}

    /// Adds what another commit changed.
    public mutating func add(_ other: CommitSummary) {
        inserted += other.inserted
        updated += other.updated
        deleted += other.deleted
        unchanged += other.unchanged
        linksAdded += other.linksAdded
        refused.merge(other.refused) { $0 + $1 }
        drops += other.drops
    }
}

/// A host's lease was lost to another worker: what this one holds must not be written.
public struct LeaseLostError: Error, Sendable, CustomStringConvertible {
    /// The host whose lease it was.
    public let host: String

    /// The lease of a host was lost.
    public init(host: String) {
        self.host = host
    }

    /// Which host, and that nothing is lost by it.
    public var description: String {
        "the lease of \(host) was lost to another worker; what was not committed is asked for again"
    }
}

/// Where a crawl's results go: all of a visit, or nothing of it.
public protocol CrawlLedger: Sendable {
    /// Stores items with their changes, raw pages, links and the new states of the URLs.
    ///
    /// Idempotent: the same visits committed twice change nothing the second time, and say again what the first time changed.
    ///
    /// - Parameters:
    ///   - wait: How long nobody may ask the host from now on, whoever asks and whatever becomes of this worker.
    ///   - id: A name of this commit, the same each time it is tried.
    /// - Throws: ``LeaseLostError``, or when the database is out of reach; then no URL has left its leased state.
    func commit(
        _ visits: [VisitOutcome], under lease: HostLease, wait: Duration, cause: ChangeCause, id: String
    ) async throws -> CommitSummary

    /// Records a run's state and counters.
    func record(_ run: CrawlRun) async throws
}
