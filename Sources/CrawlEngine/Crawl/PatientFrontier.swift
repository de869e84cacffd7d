public import CrawlDomain
public import struct Foundation.Date

/// A frontier that waits while its database is away.
public struct PatientFrontier: Frontier {
    private let frontier: any Frontier
    private let patience: Patience

    /// Waits on behalf of `frontier`.
    public init(_ frontier: any Frontier, patience: Patience) {
        self.frontier = frontier
        self.patience = patience
    }

    public func add(_ urls: [FrontierURL]) async throws -> Int {
        try await patience.untilAnswered { try await frontier.add(urls) }
    }

    public func makeDue(_ urls: [FrontierURL]) async throws -> [ForeignURL] {
        try await patience.untilAnswered { try await frontier.makeDue(urls) }
    }

    public func leaseHost(site: String, owner: String, seconds: Int) async throws -> HostLease? {
        try await patience.untilAnswered {
            try await frontier.leaseHost(site: site, owner: owner, seconds: seconds)
        }
    }

    /// Not patient: whoever renews tries again anyway, and counts the lease's time from before the call.
    public func renew(_ lease: HostLease, seconds: Int) async throws -> Bool {
        try await frontier.renew(lease, seconds: seconds)
    }

    public func remember(_ memory: HostMemory, of host: HostLease) async throws {
        try await patience.untilAnswered { try await frontier.remember(memory, of: host) }
    }

    public func release(_ lease: HostLease, memory: HostMemory) async throws {
        try await patience.untilAnswered { try await frontier.release(lease, memory: memory) }
    }

    public func lease(_ limit: Int, of host: HostLease) async throws -> [LeasedURL] {
        try await patience.untilAnswered { try await frontier.lease(limit, of: host) }
    }

    public func mark(_ url: LeasedURL, of host: HostLease) async throws {
        try await patience.untilAnswered { try await frontier.mark(url, of: host) }
    }

    public func giveBack(_ urls: [LeasedURL], of host: HostLease) async throws {
        try await patience.untilAnswered { try await frontier.giveBack(urls, of: host) }
    }

    public func memory(of host: HostLease) async throws -> HostMemory {
        try await patience.untilAnswered { try await frontier.memory(of: host) }
    }

    public func counts(site: String) async throws -> [FrontierState: Int] {
        try await patience.untilAnswered { try await frontier.counts(site: site) }
    }

    public func closedHosts(site: String) async throws -> [ClosedHost] {
        try await patience.untilAnswered { try await frontier.closedHosts(site: site) }
    }

    public func nextDue(site: String) async throws -> Date? {
        try await patience.untilAnswered { try await frontier.nextDue(site: site) }
    }
}
