import Storage

/// Where leases are taken, prolonged and given back.
protocol LeaseStore: Sendable {
    func take(_ role: String, owner: String, seconds: Int) async throws -> Leadership?
    func renew(_ leadership: Leadership) async throws -> Bool
    func release(_ leadership: Leadership) async throws
}

extension LeaderStore: LeaseStore {}
