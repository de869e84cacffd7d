public import CrawlDomain
import MongoDriver

/// Instructions in MongoDB: those for a site in `sites`, those for a host with the host, in `hosts`.
///
/// A field that says nothing is missing, not null: sparse indexes then hold the few hosts that are instructed.
public struct MongoControl: CrawlControl {
    let database: AnimeDatabase

    private var sites: MongoCollection { database.collection(.sites) }
    private var hosts: MongoCollection { database.collection(.hosts) }
    private var urls: MongoCollection { database.collection(.frontier) }

    /// Stop orders kept: runs that ended long ago need none.
    private static let stopsKept = 100

    /// Of the site, and of its hosts whatever site they were instructed through.
    public func instructions(site: String) async throws -> CrawlInstructions {
        var instructions = CrawlInstructions()
        if let document = try await sites.findOne(["_id": .string(site)]) {
            instructions.pause = document["paused"]?.documentValue.flatMap(Self.pause)
            instructions.delaySeconds = document["delay"]?.doubleValue
            instructions.stoppedRuns = Set(document[path: "stop.runs"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        }
        let instructed: BSONValue = [
            ["paused.since": ["$exists": true]], ["delay_override": ["$exists": true]],
        ]
        let found = try await hosts.find(["$or": instructed], FindOptions(projection: ["robots": 0])).all()
        let own = try await database.frontier.queues.existing(
            found.compactMap { $0["host"]?.stringValue }.map { FrontierHost(site: site, host: $0) })
        for document in found {
            guard let host = document["host"]?.stringValue, own.contains(host) else { continue }
            instructions.hosts[host] = .init(
                pause: document["paused"]?.documentValue.flatMap(Self.pause),
                delaySeconds: document["delay_override"]?.doubleValue)
        }
        return instructions
    }

    /// Queues are woken before a run is closed: it may have died between adding URLs and saying so.
    public func closeLostRuns(site: String, unseenFor: Duration) async throws -> [String] {
        let lost = try await database.runs.lost(site: site, unseenFor: unseenFor)
        guard !lost.isEmpty else { return [] }
        // It may have died between adding URLs and saying so. Closed before that, it would not be noticed again if we die too.
        try await database.frontier.queues.wakeAll(site: site)
        return try await database.runs.close(lost, unseenFor: unseenFor)
    }

    /// By one aggregation over the site's URLs that wait, then one look at their hosts.
    public func backlog(site: String) async throws -> [HostBacklog] {
        let rows = try await urls.aggregate([
            ["$match": ["site": .string(site), "state": ["$in": ["due", "leased", "retry"]]]],
            ["$group": ["_id": ["host": "$host", "state": "$state"], "count": ["$sum": 1]]],
        ]).all()
        var backlogs: [String: HostBacklog] = [:]
        for row in rows {
            guard let host = row[path: "_id.host"]?.stringValue, let count = row["count"]?.intValue else { continue }
            if row[path: "_id.state"]?.stringValue == "retry" {
                backlogs[host, default: HostBacklog(host: host)].retrying += count
            } else {
                backlogs[host, default: HostBacklog(host: host)].waiting += count
            }
        }
        return try await remembered(backlogs)
    }

    /// What waits on the hosts of a census on which most does.
    ///
    /// - Parameter most: How many hosts.
    public func backlog(of census: FrontierCensus, most: Int) async throws -> [HostBacklog] {
        let hosts = census.waiting.sorted {
            ($1.value.ready + $1.value.retrying, $0.key) < ($0.value.ready + $0.value.retrying, $1.key)
        }
        let backlogs = hosts.prefix(most).map { host, waiting in
            (host, HostBacklog(host: host, waiting: waiting.ready, retrying: waiting.retrying))
        }
        return try await remembered(Dictionary(uniqueKeysWithValues: backlogs))
    }

    /// With what is remembered of the hosts.
    private func remembered(_ backlogs: [String: HostBacklog]) async throws -> [HostBacklog] {
        var backlogs = backlogs
        let names = BSONValue.array(backlogs.keys.sorted().map(BSONValue.string))
        for document in try await hosts.find(["_id": ["$in": names]], FindOptions(projection: ["robots": 0])).all() {
            guard let host = document["host"]?.stringValue, backlogs[host] != nil else { continue }
            backlogs[host]?.notBefore = document["not_before"]?.dateValue
            backlogs[host]?.delaySeconds = document["delay"]?.doubleValue
            backlogs[host]?.closedReason = document["closed_reason"]?.stringValue
            backlogs[host]?.isPaused = document["paused"] != nil
        }
        return backlogs.values.sorted { $0.host < $1.host }
    }

    /// What is remembered of the hosts of a site, or of one; empty when it is not known.
    public func memories(site: String, host: String?) async throws -> [(host: String, memory: HostMemory)] {
        var filter: BSONDocument = ["site": .string(site)]
        if let host { filter["host"] = .string(host) }
        let names = try await database.collection(.queues).find(filter).all().compactMap { $0["host"] }
        return try await hosts.aggregate(MongoFrontier.remembered(["_id": ["$in": .array(names)]])).all().compactMap {
            document in
            document["host"]?.stringValue.map { ($0, HostDocument.memory(document)) }
        }
    }

    static func pause(_ document: BSONDocument) -> Pause? {
        document["since"]?.dateValue.map { Pause(since: $0, reason: document["reason"]?.stringValue) }
    }
}

/// What the operator does.
extension MongoControl {
    /// What an instruction is for.
    public enum Subject: Sendable, Hashable {
        /// All hosts of a site.
        case site(String)
        /// One host of a site, which must be known.
        case host(String, site: String)
    }

    /// Pauses or resumes.
    ///
    /// - Returns: false when the host is not known, and nothing was done.
    @discardableResult
    public func setPaused(_ subject: Subject, _ isPaused: Bool, reason: String? = nil) async throws -> Bool {
        guard isPaused else { return try await update(subject, ["$unset": ["paused": ""]]) }
        return try await update(
            subject,
            [
                "$set": ["paused.reason": reason.map(BSONValue.string) ?? .null],
                "$currentDate": ["paused.since": true],
            ])
    }

    /// Sets the least delay, or takes it back (nil).
    ///
    /// - Returns: false when the host is not known, and nothing was done.
    @discardableResult
    public func setDelay(_ subject: Subject, _ delay: Double?) async throws -> Bool {
        let field = if case .site = subject { "delay" } else { "delay_override" }
        return try await update(
            subject, delay.map { ["$set": .document([field: .double($0)])] } ?? ["$unset": .document([field: ""])])
    }

    /// Asks runs to end.
    public func stop(site: String, runs: [String]) async throws {
        let ids: BSONDocument = [
            "$each": .array(runs.map(BSONValue.string)), "$slice": .int64(Int64(-Self.stopsKept)),
        ]
        try await sites.updateOne(
            ["_id": .string(site)],
            .operators(["$push": ["stop.runs": .document(ids)], "$currentDate": ["stop.at": true]]),
            .upsert)
    }

    private func update(_ subject: Subject, _ change: BSONDocument) async throws -> Bool {
        switch subject {
        case .site(let site):
            try await sites.updateOne(["_id": .string(site)], .operators(change), .upsert)
            return true
        case .host(let host, let site):
            let queue = FrontierHost(site: site, host: host)
            guard try await database.collection(.queues).findOne(["_id": .string(queue.queueID)]) != nil else {
                return false
            }
            // A paused host's queues were put aside: resumed without being woken they would stay there.
            return try await database.client.withTransaction { session throws(StorageError) in
                try await StorageError.wrapping { () throws(MongoError) in
                    try await database.frontier.queues.wakeAll(host: host, session: session)
                    return try await hosts.updateOne(["_id": .string(host)], .operators(change), session: session)
                        .matchedCount == 1
                }
            }
        }
    }
}
