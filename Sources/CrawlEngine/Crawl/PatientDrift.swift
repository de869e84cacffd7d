public import CrawlDomain

/// A store of statistics that waits while its database is away.
public struct PatientDrift: DriftStore {
    private let store: any DriftStore
    private let patience: Patience

    /// Waits on behalf of `store`.
    public init(_ store: any DriftStore, patience: Patience) {
        self.store = store
        self.patience = patience
    }

    public func history(site: String, since day: String, pages: Set<String>?) async throws -> [PageStatistics] {
        try await patience.untilAnswered { try await store.history(site: site, since: day, pages: pages) }
    }

    public func openBlocks(site: String, spider: String) async throws -> [OpenBlock] {
        try await patience.untilAnswered { try await store.openBlocks(site: site, spider: spider) }
    }

    /// Not patient either: the next heartbeat has more.
    public func keep(_ blocks: [OpenBlock], site: String, spider: String) async throws {
        try await store.keep(blocks, site: site, spider: spider)
    }

    /// Not patient: what is added twice counts twice, and what is lost is a few seconds of many days.
    public func add(_ statistics: [PageStatistics]) async throws { try await store.add(statistics) }

    public func raise(_ alarms: [DriftAlarm], site: String, run: String, spider: String) async throws -> Set<String> {
        try await patience.untilAnswered {
            try await store.raise(alarms, site: site, run: run, spider: spider)
        }
    }
}
