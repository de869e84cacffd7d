public import CrawlDomain
public import Foundation
import MongoDriver
import WebStandards

/// The frontier in MongoDB: `frontier` holds the URLs, `hosts` who may ask them.
///
/// A URL is ready when its state is `due`. States that end with time (`retry`, `done` with a revisit) carry that time in `due` and are made
/// ready when somebody looks for work, by the server's clock, so that no sort ever runs over URLs that are not ready. Leased URLs belong to
/// a token of their host's lease; whoever takes the host under a newer one makes them ready again.
public struct MongoFrontier: Frontier {
    let database: AnimeDatabase

    private var urls: MongoCollection { database.collection(.frontier) }
    private var hosts: MongoCollection { database.collection(.hosts) }

    public func add(_ urls: [FrontierURL]) async throws -> Int {
        guard !urls.isEmpty else { return 0 }
        try await addHosts(Set(urls.map { Self.hostID($0.site, $0.host) }))
        let now = Date()
        let models = urls.map { url in
            WriteModel.updateOne(
                ["_id": .string(url.fingerprint.hex)], ["$setOnInsert": .document(FrontierDocument.new(url, now: now))],
                .upsert)
        }
        let result = try await self.urls.bulkWrite(models, ordered: false)
        try result.throwIfAnyRowFailed()
        return result.upsertedCount
    }

    public func makeDue(_ urls: [FrontierURL]) async throws {
        guard !urls.isEmpty else { return }
        _ = try await add(urls)
        let ids = urls.map { BSONValue.string($0.fingerprint.hex) }
        try await self.urls.updateMany(
            ["_id": ["$in": .array(ids)], "state": ["$ne": "leased"]],
            ["$set": ["state": "due", "due": .null, "attempts": 0, "reason": .null]])
    }

    public func leaseHost(site: String, owner: String, seconds: Int) async throws -> HostLease? {
        for host in try await freeHosts(site: site) where try await hasWork(site: site, host: host) {
            let taken = try await hosts.findOneAndUpdate(
                ["_id": .string(Self.hostID(site, host)), "$expr": Self.isFree],
                .pipeline([
                    [
                        "$set": [
                            "owner": .string(owner), "token": ["$add": ["$token", 1]],
                            "until": Self.serverTime(in: seconds),
                        ]
                    ]
                ]))
            guard let token = taken?["token"]?.intValue else { continue }
            let lease = HostLease(site: site, host: host, owner: owner, token: token)
            try await reclaim(lease)
            return lease
        }
        return nil
    }

    public func renew(_ lease: HostLease, seconds: Int) async throws -> Bool {
        try await hosts.updateOne(
            Self.filter(lease), .pipeline([["$set": ["until": Self.serverTime(in: seconds)]]])
        ).matchedCount == 1
    }

    public func remember(_ memory: HostMemory, of host: HostLease) async throws {
        try await hosts.updateOne(
            Self.filter(host), .pipeline([["$set": .document(HostDocument.fields(of: memory))]]))
    }

    public func release(_ lease: HostLease, memory: HostMemory) async throws {
        let fields = HostDocument.fields(of: memory).merging(["owner": .null, "until": .null])
        try await hosts.updateOne(Self.filter(lease), .pipeline([["$set": .document(fields)]]))
    }

    public func lease(_ limit: Int, of host: HostLease) async throws -> [LeasedURL] {
        try await promote(site: host.site, host: host.host)
        let ready = try await urls.find(
            Self.filter(host, state: .due),
            FindOptions(sort: ["priority": -1, "due": 1], projection: ["_id": 1], limit: limit)
        ).all()
        guard !ready.isEmpty else { return [] }
        let batch = UUID().uuidString
        let ids = ready.compactMap { $0["_id"] }
        try await urls.updateMany(
            ["_id": ["$in": .array(ids)], "state": "due"],
            ["$set": ["state": "leased", "lease": .string(batch), "token": .int64(Int64(host.token))]])
        return try await urls.find(["_id": ["$in": .array(ids)], "lease": .string(batch)]).all()
            .compactMap(FrontierDocument.leased)
            .sorted { ($0.entry.priority, $1.entry.depth) > ($1.entry.priority, $0.entry.depth) }
    }

    public func giveBack(_ leased: [LeasedURL], of host: HostLease) async throws {
        guard !leased.isEmpty else { return }
        let ids = leased.map { BSONValue.string($0.entry.fingerprint.hex) }
        try await urls.updateMany(
            ["_id": ["$in": .array(ids)], "state": "leased", "token": .int64(Int64(host.token))],
            ["$set": ["state": "due", "due": .null]])
    }

    public func memory(of host: HostLease) async throws -> HostMemory {
        let document = try await hosts.findOne(
            ["_id": .string(Self.hostID(host.site, host.host))], FindOptions(projection: ServerTime.projection))
        return ServerTime.read(document).map { HostDocument.memory($0.stored, now: $0.now) } ?? HostMemory()
    }

    public func counts(site: String) async throws -> [FrontierState: Int] {
        let rows = try await urls.aggregate([
            ["$match": ["site": .string(site)]], ["$group": ["_id": "$state", "count": ["$sum": 1]]],
        ]).all()
        return rows.reduce(into: [:]) { counts, row in
            guard let state = row["_id"]?.stringValue.flatMap(FrontierState.init) else { return }
            counts[state] = row["count"]?.intValue
        }
    }

    public func nextDue(site: String) async throws -> Date? {
        var next: Date?
        for host in try await hosts.find(["site": .string(site)]).all() {
            guard let name = host["host"]?.stringValue, let due = try await nextDue(site: site, host: name) else {
                continue
            }
            let open = [due, host["not_before"]?.dateValue, host["until"]?.dateValue].compactMap(\.self).max() ?? due
            next = min(next ?? open, open)
        }
        return next
    }
}

/// A URL of the frontier, to look at.
public struct FrontierRow: Sendable, Hashable {
    /// The URL as it is asked for.
    public let url: String
    /// The spider's name for the kind of page.
    public let page: String
    /// Failed attempts since it last succeeded.
    public let attempts: Int
    /// Why it is to be retried, or dead.
    public let reason: String?
}

extension MongoFrontier {
    /// URLs of one state, by priority.
    public func list(site: String, state: FrontierState, limit: Int) async throws -> [FrontierRow] {
        let found = try await urls.find(
            ["site": .string(site), "state": .string(state.rawValue)], FindOptions(sort: ["_id": 1], limit: limit)
        ).all()
        return found.map { document in
            FrontierRow(
                url: document["url"]?.stringValue ?? "", page: document["page"]?.stringValue ?? "",
                attempts: document["attempts"]?.intValue ?? 0, reason: document["reason"]?.stringValue)
        }
    }

    /// Makes all URLs of some states due now.
    ///
    /// - Parameter whole: Ask for whole pages, not only for what has changed.
    /// - Returns: How many.
    public func makeDue(site: String, states: [FrontierState], whole: Bool = false) async throws -> Int {
        let due: BSONDocument = ["state": "due", "due": .null, "attempts": 0, "reason": .null]
        return try await urls.updateMany(
            ["site": .string(site), "state": ["$in": .array(states.map { .string($0.rawValue) })]],
            ["$set": .document(whole ? due.merging(["revalidation": .null]) : due)]
        ).modifiedCount
    }
}

extension MongoFrontier {
    /// Hosts nobody holds and that may be asked, those waiting longest first.
    private func freeHosts(site: String) async throws -> [String] {
        try await hosts.find(
            ["site": .string(site), "$expr": Self.isFree],
            FindOptions(sort: ["not_before": 1], projection: ["host": 1])
        ).all().compactMap { $0["host"]?.stringValue }
    }

    private func hasWork(site: String, host: String) async throws -> Bool {
        try await promote(site: site, host: host)
        // Nobody holds the host, so whoever leased its URLs is gone.
        return try await urls.findOne(
            ["site": .string(site), "host": .string(host), "state": ["$in": ["due", "leased"]]],
            FindOptions(projection: ["_id": 1])) != nil
    }

    /// Makes ready what an earlier holder of the host left leased.
    private func reclaim(_ lease: HostLease) async throws {
        try await urls.updateMany(
            Self.filter(lease, state: .leased).merging(["token": ["$lt": .int64(Int64(lease.token))]]),
            ["$set": ["state": "due", "due": .null, "lease": .null]])
    }

    /// Makes ready what has become due: retries and revisits.
    private func promote(site: String, host: String) async throws {
        try await urls.updateMany(
            [
                "site": .string(site), "host": .string(host), "state": ["$in": Self.timed],
                "$expr": ["$lte": ["$due", "$$NOW"]], "due": ["$ne": .null],
            ],
            ["$set": ["state": "due"]])
    }

    private func nextDue(site: String, host: String) async throws -> Date? {
        let filter: BSONDocument = ["site": .string(site), "host": .string(host)]
        let ready = filter.merging(["state": ["$in": ["due", "leased"]]])
        if try await urls.findOne(ready, FindOptions(projection: ["_id": 1])) != nil { return Date() }
        let waiting = filter.merging(["state": ["$in": Self.timed], "due": ["$ne": .null]])
        return try await urls.findOne(waiting, FindOptions(sort: ["due": 1], projection: ["due": 1]))?["due"]?.dateValue
    }

    /// Makes hosts known that are not: a URL whose host is unknown would never be leased.
    func addHosts(_ ids: Set<String>) async throws {
        guard !ids.isEmpty else { return }
        let models = ids.sorted().map { id in
            WriteModel.updateOne(["_id": .string(id)], ["$setOnInsert": .document(HostDocument.new(id))], .upsert)
        }
        try await hosts.bulkWrite(models, ordered: false).throwIfAnyRowFailed()
    }

    /// States that end when their `due` time comes.
    private static let timed: BSONValue = ["retry", "done"]

    /// Nobody holds the host and it may be asked, by the server's clock.
    private static let isFree: BSONValue = [
        "$and": [
            ["$lte": [["$ifNull": ["$until", "$$NOW"]], "$$NOW"]],
            ["$lte": [["$ifNull": ["$not_before", "$$NOW"]], "$$NOW"]],
        ]
    ]

    private static func serverTime(in seconds: Int) -> BSONValue {
        ["$add": ["$$NOW", .int64(Int64(seconds) * 1000)]]
    }

    static func hostID(_ site: String, _ host: String) -> String { "\(site)|\(host)" }

    static func filter(_ lease: HostLease) -> BSONDocument {
        [
            "_id": .string(hostID(lease.site, lease.host)), "token": .int64(Int64(lease.token)),
            "owner": .string(lease.owner),
        ]
    }

    private static func filter(_ host: HostLease, state: FrontierState) -> BSONDocument {
        ["site": .string(host.site), "host": .string(host.host), "state": .string(state.rawValue)]
    }
}
