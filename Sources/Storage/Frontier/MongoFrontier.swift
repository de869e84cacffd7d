public import CrawlDomain
public import Foundation
import MongoDriver
import WebStandards

/// The frontier in MongoDB: `frontier` holds the URLs, `queues` says which hosts have any to ask for, `hosts` who may ask them.
///
/// A URL is ready when its state is `due`. States that end with time (`retry`, `done` with a revisit) carry that time in `due` and are made
/// ready when their host is worked on, by the server's clock, so that no sort ever runs over URLs that are not ready. Leased URLs belong to
/// a token of their host's lease; whoever takes the host under a newer one makes them ready again.
public struct MongoFrontier: Frontier {
    let database: AnimeDatabase

    /// A page that was about to be asked so often without an outcome is given up: the program dies of it. So many, because a sound page
    /// that is about to be asked when a worker dies of something else counts too, and workers may be killed one after the other.
    static let maximumCrashes = 10
    /// URLs made ready in one step.
    private static let promotionBatch = 500

    var urls: MongoCollection { database.collection(.frontier) }
    var hosts: MongoCollection { database.collection(.hosts) }
    var queues: HostQueues { HostQueues(database: database) }

    /// Known URLs are left as they are; hosts that are new are made known first, or nobody would lease them.
    public func add(_ urls: [FrontierURL]) async throws -> Int {
        let added = try await insert(urls)
        try await queues.wake(Set(urls.map(\.frontierHost)))
        return added.count
    }

    /// Adds URLs found on a page of a host that the caller holds and gives back later, which looks for work on that host anyway.
    ///
    /// - Returns: Those that were new.
    func add(_ urls: [FrontierURL], foundOn lease: HostLease) async throws -> [FrontierURL] {
        let added = try await insert(urls)
        try await queues.wake(Set(urls.map(\.frontierHost)).subtracting([lease.frontierHost]))
        return added
    }

    private func insert(_ urls: [FrontierURL]) async throws -> [FrontierURL] {
        guard !urls.isEmpty else { return [] }
        try await addHosts(Dictionary(urls.map { ($0.host, $0.url.scheme) }) { first, _ in first })
        let now = Date()
        let models = urls.map { url in
            WriteModel.updateOne(
                ["_id": .string(url.fingerprint.hex)], ["$setOnInsert": .document(FrontierDocument.new(url, now: now))],
                .upsert)
        }
        let result = try await self.urls.bulkWrite(models, ordered: false)
        try result.throwIfAnyRowFailed()
        return result.upsertedIDs.keys.sorted().map { urls[$0] }
    }

    /// Queues are woken before and after, so that neither a death in between nor a worker that looks meanwhile misses them.
    @discardableResult
    public func makeDue(_ urls: [FrontierURL]) async throws -> [ForeignURL] {
        guard !urls.isEmpty else { return [] }
        let places = try await places(urls.map { .string($0.fingerprint.hex) })
        let foreign = urls.compactMap { url in
            places[url.fingerprint.hex].flatMap { $0.site == url.site ? nil : ForeignURL(url, owner: $0.site) }
        }
        let ids = Set(urls.map(\.fingerprint.hex)).subtracting(foreign.map(\.url.fingerprint.hex)).map(BSONValue.string)
        let urls = urls.filter { url in !foreign.contains { $0.url == url } }
        let hosts = Set(urls.map(\.frontierHost)).union(
            urls.compactMap { places[$0.fingerprint.hex] })
        // Before and after: neither a death in between nor a worker that looks meanwhile leaves them unnoticed.
        try await queues.wake(hosts)
        _ = try await insert(urls)
        try await self.urls.updateMany(
            [
                "_id": ["$in": .array(ids)], "state": ["$ne": "leased"],
                "site": ["$in": .array(Set(urls.map(\.site)).map(BSONValue.string))],
            ],
            ["$set": ["state": "due", "due": .null, "attempts": 0, "crashes": 0, "suspect": 0, "reason": .null]])
        try await queues.wake(hosts)
        return foreign
    }

    /// Where known URLs are asked, by id: one that moved, or is named by another spelling, may be on another host than its name says.
    private func places(_ ids: [BSONValue]) async throws -> [String: FrontierHost] {
        let options = FindOptions(projection: ["site": 1, "host": 1])
        let found = try await urls.find(["_id": ["$in": .array(ids)]], options).all()
        return found.reduce(into: [:]) { places, document in
            guard let id = document["_id"]?.stringValue, let site = document["site"]?.stringValue,
                let host = document["host"]?.stringValue
            else { return }
            places[id] = FrontierHost(site: site, host: host)
        }
    }

    /// By priority; pages with which workers have died come last, and are parked after ten deaths.
    public func lease(_ limit: Int, of host: HostLease) async throws -> [LeasedURL] {
        try await promote(host.frontierHost)
        let due = Self.filter(host.frontierHost, state: .due)
        let order = FindOptions(sort: ["priority": -1, "due": 1], projection: ["_id": 1], limit: limit)
        var ready = try await urls.find(due.merging(["suspect": ["$not": ["$gt": 0]]]), order).all()
        if ready.isEmpty {
            // Those asked least often without an outcome first, so that one bad page does not hold up the others.
            let suspects = FindOptions(
                sort: ["crashes": 1, "priority": -1, "due": 1], projection: ["_id": 1], limit: limit)
            ready = try await urls.find(due, suspects).all()
        }
        guard !ready.isEmpty else { return [] }
        let batch = UUID().uuidString
        let ids = ready.compactMap { $0["_id"] }
        try await urls.updateMany(
            ["_id": ["$in": .array(ids)], "state": "due"],
            ["$set": ["state": "leased", "lease": .string(batch), "token": .int64(Int64(host.token))]])
        let leased = try await urls.find(["_id": ["$in": .array(ids)], "lease": .string(batch)]).all()
        let (sound, poisonous) = leased.parted { ($0["crashes"]?.intValue ?? 0) < Self.maximumCrashes }
        try await park(
            poisonous, of: batch,
            because: "poison: the program died \(Self.maximumCrashes) times while it had this page")
        let handedOut = try await measured(sound).compactMap(FrontierDocument.leased)
        if handedOut.count < sound.count {
            // Another version may have taken for a URL what this one does not.
            try await park(sound.filter { FrontierDocument.leased($0) == nil }, of: batch, because: "no URL any more")
        }
        // All of them parked is not the end of the queue.
        guard !handedOut.isEmpty || leased.isEmpty else { return try await lease(limit, of: host) }
        return
            handedOut
            .sorted { ($0.entry.priority, $1.entry.depth) > ($1.entry.priority, $0.entry.depth) }
    }

    /// With the length of the page that is kept where the URL does not have it: versions before did not write it down.
    private func measured(_ leased: [BSONDocument]) async throws -> [BSONDocument] {
        func lacksLength(_ url: BSONDocument) -> Bool {
            url["length"]?.intValue == nil && url["content_hash"]?.stringValue != nil
        }
        let ids = leased.filter(lacksLength).compactMap { $0["_id"] }
        guard !ids.isEmpty else { return leased }
        let pages = try await database.collection(.pages).find(
            ["_id": ["$in": .array(ids)]], FindOptions(projection: ["length": 1])
        ).all()
        let lengths = Dictionary(
            pages.map { ($0["_id"]?.stringValue ?? "", $0["length"] ?? .null) }, uniquingKeysWith: { first, _ in first }
        )
        return leased.map { url in
            guard lacksLength(url), let length = lengths[url["_id"]?.stringValue ?? ""] else { return url }
            return url.merging(["length": length])
        }
    }

    /// Counts a death in advance; the outcome of the visit takes it back.
    public func mark(_ url: LeasedURL, of host: HostLease) async throws {
        try await urls.updateOne(
            [
                "_id": .string(url.entry.fingerprint.hex), "state": "leased", "token": .int64(Int64(host.token)),
            ], ["$inc": ["crashes": 1]])
    }

    /// Only what is still leased under this lease: whoever took over has it otherwise.
    public func giveBack(_ leased: [LeasedURL], of host: HostLease) async throws {
        guard !leased.isEmpty else { return }
        let ids = leased.map { BSONValue.string($0.entry.fingerprint.hex) }
        try await urls.updateMany(
            ["_id": ["$in": .array(ids)], "state": "leased", "token": .int64(Int64(host.token))],
            ["$set": ["state": "due", "due": .null]])
    }

    /// The earliest time of the site's queues, by the server's clock turned into ours.
    public func nextDue(site: String) async throws -> Date? {
        try await queues.first(site: site).map { Date().addingTimeInterval(max(0, $0.wait / .seconds(1))) }
    }
}

extension MongoFrontier {
    /// Gives up URLs that cannot be asked, as far as they are still those of this batch: whoever took over has them otherwise.
    private func park(_ documents: [BSONDocument], of batch: String, because reason: String) async throws {
        guard !documents.isEmpty else { return }
        try await urls.updateMany(
            [
                "_id": ["$in": .array(documents.compactMap { $0["_id"] })], "state": "leased", "lease": .string(batch),
            ],
            [
                "$set": [
                    "state": "dead", "due": .null, "lease": .null, "reason": .string(reason),
                ]
            ])
    }

    /// Makes ready what has become due on a host: retries and revisits.
    private func promote(_ host: FrontierHost) async throws {
        // Mostly nothing is due, which one look shows.
        var limit = 1
        while true {
            let first = try await urls.aggregate([
                ["$match": .document(Self.timed(host))], ["$sort": ["due": 1]],
                ["$limit": .int32(Int32(limit))],
                ["$project": ["isDue": ["$lte": ["$due", "$$NOW"]]]], ["$match": ["isDue": true]],
            ]).all()
            guard !first.isEmpty else { return }
            try await urls.updateMany(
                ["_id": ["$in": .array(first.compactMap { $0["_id"] })], "state": ["$in": ["retry", "done"]]],
                ["$set": ["state": "due"]])
            guard first.count == limit else { return }
            limit = Self.promotionBatch
        }
    }

    /// When the next URL of a host is due: long ago for one that is ready; nil when none waits.
    func nextDue(of host: FrontierHost) async throws -> Date? {
        let ready: BSONDocument = [
            "site": .string(host.site), "host": .string(host.host), "state": ["$in": ["due", "leased"]],
        ]
        if try await urls.findOne(ready, FindOptions(projection: ["_id": 1])) != nil {
            return Date(timeIntervalSince1970: 0)
        }
        return try await urls.findOne(Self.timed(host), FindOptions(sort: ["due": 1], projection: ["due": 1]))?["due"]?
            .dateValue
    }

    /// URLs whose state ends when their `due` time comes.
    private static func timed(_ host: FrontierHost) -> BSONDocument {
        [
            "site": .string(host.site), "host": .string(host.host), "state": ["$in": ["retry", "done"]],
            "due": ["$gt": .date(.distantPast)],
        ]
    }

    static func filter(_ host: FrontierHost, state: FrontierState) -> BSONDocument {
        ["site": .string(host.site), "host": .string(host.host), "state": .string(state.rawValue)]
    }
}

extension Array {
    /// The elements for which `isFirst` holds, and the others.
    fileprivate func parted(by isFirst: (Element) -> Bool) -> ([Element], [Element]) {
        (filter(isFirst), filter { !isFirst($0) })
    }
}
