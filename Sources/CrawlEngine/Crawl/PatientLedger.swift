public import CrawlDomain

/// A ledger that waits while its database is away: what was fetched is stored when it is back.
public struct PatientLedger: CrawlLedger {
    private let ledger: any CrawlLedger
    private let patience: Patience

    /// Waits on behalf of `ledger`.
    public init(_ ledger: any CrawlLedger, patience: Patience) {
        self.ledger = ledger
        self.patience = patience
    }

    public func commit(
        _ visits: [VisitOutcome], under lease: HostLease, wait: Duration, cause: ChangeCause, id: String
    ) async throws -> CommitSummary {
        try await patience.untilAnswered {
            try await ledger.commit(visits, under: lease, wait: wait, cause: cause, id: id)
        }
    }

    public func record(_ run: CrawlRun) async throws {
        try await patience.untilAnswered { try await ledger.record(run) }
    }
}
