public import CrawlDomain
public import WebStandards

/// Revisits that wait while their database is away.
public struct PatientRevisits: RevisitStore {
    private let store: any RevisitStore
    private let patience: Patience

    /// Waits on behalf of `store`.
    public init(_ store: any RevisitStore, patience: Patience) {
        self.store = store
        self.patience = patience
    }

    public func known(_ urls: [URLFingerprint]) async throws -> [KnownURL] {
        try await patience.untilAnswered { try await store.known(urls) }
    }

    public func apply(_ effects: [SignalEffect]) async throws {
        try await patience.untilAnswered { try await store.apply(effects) }
    }

    public func census(site: String) async throws -> RevisitCensus {
        try await patience.untilAnswered { try await store.census(site: site) }
    }

    public func shares(site: String) async throws -> RevisitShares? {
        try await patience.untilAnswered { try await store.shares(site: site) }
    }

    public func save(_ shares: RevisitShares, site: String) async throws {
        try await patience.untilAnswered { try await store.save(shares, site: site) }
    }
}
