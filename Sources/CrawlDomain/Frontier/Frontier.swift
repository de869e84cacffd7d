public import struct Foundation.Date

/// The durable queue of a crawl. Every transition survives the death of the process that made it.
public protocol Frontier: Sendable {
    /// Adds URLs that are not known yet; known ones keep their state.
    ///
    /// - Returns: How many were new.
    func add(_ urls: [FrontierURL]) async throws -> Int

    /// Makes known URLs due now, whatever their state; unknown ones are added.
    func makeDue(_ urls: [FrontierURL]) async throws

    /// Leases a host of this site that has a URL due and that nobody else holds, for `seconds` by the server's clock.
    func leaseHost(site: String, owner: String, seconds: Int) async throws -> HostLease?

    /// Prolongs a lease.
    ///
    /// - Returns: false when it was lost to somebody else: stop asking this host.
    func renew(_ lease: HostLease, seconds: Int) async throws -> Bool

    /// Stores what must be remembered of a leased host's politeness, and goes on holding it; without effect when the lease was lost.
    func remember(_ memory: HostMemory, of host: HostLease) async throws

    /// Gives a lease back, with what must be remembered of the host's politeness.
    func release(_ lease: HostLease, memory: HostMemory) async throws

    /// Hands out at most `limit` due URLs of a leased host, by priority, then by due time. They are the worker's as long as the host is.
    func lease(_ limit: Int, of host: HostLease) async throws -> [LeasedURL]

    /// Returns URLs that were leased but not visited.
    func giveBack(_ urls: [LeasedURL], of host: HostLease) async throws

    /// What is known of a host from earlier.
    func memory(of host: HostLease) async throws -> HostMemory

    /// How many URLs of a site stand where.
    func counts(site: String) async throws -> [FrontierState: Int]

    /// When the next URL of a site is due; nil when none is waiting.
    func nextDue(site: String) async throws -> Date?
}
