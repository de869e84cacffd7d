import CrawlDomain

/// Stores nothing and says so; for tests of what a crawl does before it stores.
struct NoLedger: CrawlLedger {
    func commit(
        _ visits: [VisitOutcome], under lease: HostLease, wait: Duration, cause: ChangeCause, id: String
    ) -> CommitSummary { CommitSummary() }
    func record(_ run: CrawlRun) {}
}
