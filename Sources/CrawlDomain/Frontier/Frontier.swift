public import struct Foundation.Date

/// The durable queue of a crawl. Every transition survives the death of the process that made it, and every call may be repeated by a
/// caller that was not told how it ended.
public protocol Frontier: Sendable {
    /// Adds URLs that are not known yet; known ones keep their state.
    ///
    /// - Returns: How many were new.
    func add(_ urls: [FrontierURL]) async throws -> Int

    /// Makes known URLs due now, whatever their state; unknown ones are added.
    ///
    /// - Returns: Those that are another site's, which are left as they are.
    @discardableResult func makeDue(_ urls: [FrontierURL]) async throws -> [ForeignURL]

    /// Leases a host of this site that has a URL due and that nobody holds, for this site or another, for `seconds` by the
    /// server's clock.
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
    ///
    /// URLs that a dead worker held come last; those that were marked too often without an outcome are given up instead.
    func lease(_ limit: Int, of host: HostLease) async throws -> [LeasedURL]

    /// Counts that a suspect URL is about to be asked; an outcome takes that back.
    func mark(_ url: LeasedURL, of host: HostLease) async throws

    /// Returns URLs that were leased but not visited.
    func giveBack(_ urls: [LeasedURL], of host: HostLease) async throws

    /// What is known of a host from earlier.
    func memory(of host: HostLease) async throws -> HostMemory

    /// How many URLs of a site stand where.
    func counts(site: String) async throws -> [FrontierState: Int]

    /// When the next URL of a site is due; nil when none is waiting.
    func nextDue(site: String) async throws -> Date?

    /// The hosts of a site that are left alone, or were when they were asked last, whoever found out.
    func closedHosts(site: String) async throws -> [ClosedHost]
}
