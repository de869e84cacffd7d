import CrawlDomain
import Foundation
import MongoDriver

/// Which hosts of a site have something to ask for, and from when: one document of `queues` per site and host.
///
/// `ready_at` is the time from which a look at the host is worth it, so that finding the next host is one step in an index, however many
/// hosts and URLs there are. It may be too early, which costs a look; it is never too late:
/// - whoever adds URLs to a host wakes its queue *after* the URLs are there;
/// - whoever takes a host sets it to the end of the lease, so that a dead holder is noticed;
/// - whoever gives a host back sets it to the next due time, but only if it is still the last to have held the host, and the queue was
///   neither woken nor set since that was looked up: each change counts in `added`.
struct HostQueues {
    let database: AnimeDatabase

    private var queues: MongoCollection { database.collection(.queues) }

    /// The queue of a site that is ready first.
    struct Head {
        let host: String
        /// Times it was woken or set.
        let added: Int
        /// Until it is ready; zero or less when it is.
        let wait: Duration
    }

    /// The queue that is ready first; nil when nothing waits on any host.
    func first(site: String) async throws(MongoError) -> Head? {
        let found = try await queues.aggregate([
            ["$match": ["site": .string(site), "ready_at": ["$gt": .date(.distantPast)]]], ["$sort": ["ready_at": 1]],
            ["$limit": 1],
            ["$project": ["host": 1, "added": 1, "wait": ["$subtract": ["$ready_at", "$$NOW"]]]],
        ]).all().first
        guard let found, let host = found["host"]?.stringValue, let wait = found["wait"]?.intValue else { return nil }
        return Head(host: host, added: found["added"]?.intValue ?? 0, wait: .milliseconds(wait))
    }

    /// Makes hosts ready at once; unknown ones become known.
    func wake(_ hosts: Set<FrontierHost>, session: MongoSession? = nil) async throws(MongoError) {
        try await wake(hosts.map { ($0, "$$NOW") }, session: session)
    }

    /// Makes hosts ready at a time at the latest.
    func wake(_ hosts: [FrontierHost: Date]) async throws(MongoError) {
        try await wake(hosts.map { ($0, .date($1)) }, session: nil)
    }

    private func wake(_ hosts: [(FrontierHost, BSONValue)], session: MongoSession?) async throws(MongoError) {
        guard !hosts.isEmpty else { return }
        let models = hosts.sorted { $0.0 < $1.0 }.map { host, time in
            WriteModel.updateOne(
                ["_id": .string(host.queueID)],
                .pipeline([
                    [
                        "$set": [
                            "site": ["$literal": .string(host.site)], "host": ["$literal": .string(host.host)],
                            "added": ["$add": [["$ifNull": ["$added", 0]], 1]],
                            // A missing time counts for nothing in `$min`.
                            "ready_at": ["$min": ["$ready_at", time]],
                        ]
                    ]
                ]), .upsert)
        }
        try await queues.bulkWrite(models, ordered: false, session: session).throwIfAnyRowFailed()
    }

    /// Makes all hosts of a site ready at once.
    func wakeAll(site: String) async throws(MongoError) {
        try await wakeAll(["site": .string(site)])
    }

    /// Makes the queues of all sites on a host ready at once.
    func wakeAll(host: String, session: MongoSession? = nil) async throws(MongoError) {
        try await wakeAll(["host": .string(host)], session: session)
    }

    private func wakeAll(_ filter: BSONDocument, session: MongoSession? = nil) async throws(MongoError) {
        try await queues.updateMany(
            filter,
            .pipeline([["$set": ["added": ["$add": ["$added", 1]], "ready_at": ["$min": ["$ready_at", "$$NOW"]]]]]),
            session: session)
    }

    /// Which of these hosts a site knows.
    func existing(_ hosts: [FrontierHost]) async throws(MongoError) -> Set<String> {
        guard !hosts.isEmpty else { return [] }
        let ids = BSONValue.array(hosts.map { .string($0.queueID) })
        return Set(
            try await queues.find(["_id": ["$in": ids]], FindOptions(projection: ["host": 1])).all()
                .compactMap { $0["host"]?.stringValue })
    }

    /// How often a queue was woken or set; nil when there is none.
    func added(_ host: FrontierHost) async throws(MongoError) -> Int? {
        try await queues.findOne(["_id": .string(host.queueID)], FindOptions(projection: ["added": 1]))?["added"]?
            .intValue
    }

    /// Sets when a queue is ready, unless it was woken or set since `added` was read.
    ///
    /// - Parameter time: An expression for the server; null when nothing waits.
    /// - Returns: false when it was.
    @discardableResult
    func set(_ host: FrontierHost, readyAt time: BSONValue, ifAdded added: Int) async throws(MongoError) -> Bool {
        try await queues.updateOne(
            ["_id": .string(host.queueID), "added": .int64(Int64(added))],
            .pipeline([["$set": ["ready_at": time, "added": ["$add": ["$added", 1]]]]])
        ).matchedCount == 1
    }
}

/// A host as one site's queue knows it.
struct FrontierHost: Hashable, Comparable {
    let site: String
    let host: String

    /// "demo|127.0.0.1:8001".
    var queueID: String { "\(site)|\(host)" }

    static func < (a: Self, b: Self) -> Bool { a.queueID < b.queueID }
}

extension FrontierURL {
    var frontierHost: FrontierHost { FrontierHost(site: site, host: host) }
}

extension HostLease {
    var frontierHost: FrontierHost { FrontierHost(site: site, host: host) }
}
