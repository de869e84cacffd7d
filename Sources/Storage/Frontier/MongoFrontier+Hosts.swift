public import CrawlDomain
import Foundation
import MongoDriver

/// Who may ask a host: its lease, and what is remembered of it.
extension MongoFrontier {
    /// The host that has been ready longest and that nobody holds; what its last holder left leased is due again.
    public func leaseHost(site: String, owner: String, seconds: Int) async throws -> HostLease? {
        // Each turn either takes a host or moves the queue of one that cannot be taken out of the way.
        while let head = try await queues.first(site: site), head.wait <= .zero {
            let host = FrontierHost(site: site, host: head.host)
            if let token = try await take(head.host, site: site, owner: owner, seconds: seconds) {
                try await queues.set(host, readyAt: Self.serverTime(in: .seconds(seconds)), ifAdded: head.added)
                let lease = HostLease(site: site, host: head.host, owner: owner, token: token)
                try await reclaim(lease)
                return lease
            }
            if let opening = try await openingTime(of: head.host) {
                try await queues.set(host, readyAt: opening, ifAdded: head.added)
            } else {
                try await addHosts([head.host: nil])
            }
        }
        return nil
    }

    /// By the server's clock, so that workers need not agree on the time.
    public func renew(_ lease: HostLease, seconds: Int) async throws -> Bool {
        try await hosts.updateOne(
            Self.filter(lease), .pipeline([["$set": ["until": Self.serverTime(in: .seconds(seconds))]]])
        ).matchedCount == 1
    }

    /// Nothing where the lease was lost: the new holder knows better.
    public func remember(_ memory: HostMemory, of host: HostLease) async throws {
        try await hosts.updateOne(
            Self.filter(host), .pipeline([["$set": .document(HostDocument.fields(of: memory))]]))
    }

    /// The host first, then its queue; who comes between finds it free and not yet ready.
    public func release(_ lease: HostLease, memory: HostMemory) async throws {
        // The host first: whoever comes between finds it free, and the queue not yet ready.
        try await hosts.updateOne(
            Self.filter(lease),
            .pipeline([["$set": .document(HostDocument.fields(of: memory).merging(["owner": .null, "until": .null]))]]))
        var isSettled = false
        while !isSettled {
            guard let added = try await queues.added(lease.frontierHost) else {
                return try await queues.wake([lease.frontierHost])
            }
            // Whoever has taken the host since sees to its queue.
            guard try await isLastHolder(lease) else { return }
            let next = try await nextDue(of: lease.frontierHost)
            let opening = Self.serverTime(in: memory.wait)
            isSettled = try await queues.set(
                lease.frontierHost, readyAt: next.map { ["$max": [.date($0), opening]] } ?? .null, ifAdded: added)
        }
    }

    /// Whether nobody has taken the host since.
    private func isLastHolder(_ lease: HostLease) async throws(MongoError) -> Bool {
        let filter: BSONDocument = ["_id": .string(lease.host), "token": .int64(Int64(lease.token))]
        return try await hosts.findOne(filter, FindOptions(projection: ["_id": 1])) != nil
    }

    /// What any site's worker last knew of it: hosts are shared between sites.
    public func memory(of host: HostLease) async throws -> HostMemory {
        let found = try await hosts.aggregate(Self.remembered(["_id": .string(host.host)])).all().first
        return found.map(HostDocument.memory) ?? HostMemory()
    }

    /// Hosts that match, each with the milliseconds it must still be left alone in `wait`.
    static func remembered(_ filter: BSONDocument) -> [BSONDocument] {
        [
            ["$match": .document(filter)],
            ["$set": ["wait": ["$subtract": [["$ifNull": ["$not_before", "$$NOW"]], "$$NOW"]]]],
        ]
    }

    /// Makes hosts known that are not: a URL whose host is unknown would never be leased.
    ///
    /// - Parameter schemes: Host → how its URLs are asked, "http" or "https".
    func addHosts(_ schemes: [String: String?], session: MongoSession? = nil) async throws(MongoError) {
        guard !schemes.isEmpty else { return }
        let models = schemes.sorted { $0.key < $1.key }.map { host, scheme in
            WriteModel.updateOne(
                ["_id": .string(host)], ["$setOnInsert": .document(HostDocument.new(host, scheme: scheme))], .upsert)
        }
        try await hosts.bulkWrite(models, ordered: false, session: session).throwIfAnyRowFailed()
    }

    /// Takes a host that nobody holds and that may be asked; the new token.
    private func take(_ host: String, site: String, owner: String, seconds: Int) async throws -> Int? {
        try await hosts.findOneAndUpdate(
            ["_id": .string(host), "paused": ["$exists": false], "$expr": Self.isFree],
            .pipeline([
                [
                    "$set": [
                        "owner": ["$literal": .string(owner)], "site": ["$literal": .string(site)],
                        "token": ["$add": ["$token", 1]], "until": Self.serverTime(in: .seconds(seconds)),
                    ]
                ]
            ]), .init(projection: ["token": 1]))?["token"]?.intValue
    }

    /// When a host that cannot be taken now may be looked at again: null for one that is paused, whose queues are woken when it is
    /// resumed; nil for a host nobody knows.
    private func openingTime(of host: String) async throws -> BSONValue? {
        let found = try await hosts.aggregate([
            ["$match": ["_id": .string(host)]],
            ["$project": ["paused": 1, "at": ["$max": ["$until", "$not_before", "$$NOW"]]]],
        ]).all().first
        return found.map { $0["paused"] == nil ? $0["at"] ?? .null : .null }
    }

    /// Makes ready what an earlier holder of the host left leased. It died, perhaps of one of these.
    private func reclaim(_ lease: HostLease) async throws {
        try await urls.updateMany(
            Self.filter(lease.frontierHost, state: .leased).merging(["token": ["$lt": .int64(Int64(lease.token))]]),
            ["$set": ["state": "due", "due": .null, "lease": .null], "$inc": ["suspect": 1]])
    }

    /// Nobody holds the host and it may be asked, by the server's clock.
    private static let isFree: BSONValue = [
        "$and": [
            ["$lte": [["$ifNull": ["$until", "$$NOW"]], "$$NOW"]],
            ["$lte": [["$ifNull": ["$not_before", "$$NOW"]], "$$NOW"]],
        ]
    ]

    static func serverTime(in duration: Duration) -> BSONValue {
        ["$add": ["$$NOW", .int64(duration.wholeMilliseconds)]]
    }

    static func filter(_ lease: HostLease) -> BSONDocument {
        ["_id": .string(lease.host), "token": .int64(Int64(lease.token)), "owner": .string(lease.owner)]
    }
}

extension Duration {
    /// In milliseconds, rounded up: a promise is never shortened.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
