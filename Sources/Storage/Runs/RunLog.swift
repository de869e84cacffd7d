public import CrawlDomain
public import MongoDriver

/// The record of all runs.
public struct RunLog: Sendable {
    let database: AnimeDatabase

    /// A run, and how long ago it was last heard of.
    public struct Sighting: Sendable, Hashable {
        /// As it was last recorded.
        public let run: CrawlRun
        /// Time since then, by the server's clock.
        public let age: Duration
    }

    private var runs: MongoCollection { database.collection(.runs) }

    /// Writes a run's state and counters; the same run again replaces them. That it was heard of is noted by the server's clock.
    public func record(_ run: CrawlRun) async throws(MongoError) {
        try await runs.updateOne(
            ["_id": .string(run.id)],
            .operators(["$set": .document(RunDocument.fields(of: run)), "$currentDate": ["seen_at": true]]), .upsert)
    }

    /// The runs of a site that are under way, or died without saying so; the oldest first.
    public func running(site: String) async throws(MongoError) -> [Sighting] {
        try await sightings(
            [["$match": ["site": .string(site), "state": "running"]], ["$sort": ["started_at": 1]], ["$limit": 1_000]])
    }

    /// A run by its id; nil when it never began.
    public func sighting(_ id: String) async throws(MongoError) -> Sighting? {
        try await sightings([["$match": ["_id": .string(id)]]]).first
    }

    /// The runs of all sites that are under way.
    func running(heardOfWithin age: Duration) async throws(MongoError) -> [CrawlRun] {
        try await sightings([["$match": ["state": "running"]]]).filter { $0.age <= age }.map(\.run)
    }

    /// The runs of a site that have ended, the last one first.
    public func ended(site: String, limit: Int) async throws(MongoError) -> [Sighting] {
        try await sightings([
            ["$match": ["site": .string(site), "state": ["$ne": "running"]]], ["$sort": ["started_at": -1]],
            ["$limit": .int64(Int64(limit))],
        ])
    }

    /// Runs of a site that say they are running and were not heard of for so long, by their ids.
    func lost(site: String, unseenFor: Duration) async throws(MongoError) -> [String] {
        try await running(site: site).filter { $0.age > unseenFor }.map(\.run.id)
    }

    /// Closes runs that are lost.
    ///
    /// - Returns: The ids of those that were, still.
    func close(_ lost: [String], unseenFor: Duration) async throws(MongoError) -> [String] {
        var closed: [String] = []
        for id in lost {
            // It may have been heard of since, and another new run may do the same.
            let update = try await runs.updateOne(
                [
                    "_id": .string(id), "state": "running",
                    "$expr": ["$gt": [Self.age, .int64(unseenFor.milliseconds)]],
                ],
                .pipeline([["$set": ["state": "failed", "reason": "the process died", "ended_at": Self.seen]]]))
            if update.modifiedCount == 1 { closed.append(id) }
        }
        return closed
    }

    private func sightings(_ pipeline: [BSONDocument]) async throws(MongoError) -> [Sighting] {
        let found = try await runs.aggregate(pipeline + [["$addFields": ["age": Self.age]]]).all()
        return found.compactMap { document in
            RunDocument.run(document).map {
                Sighting(run: $0, age: .milliseconds(max(0, document["age"]?.intValue ?? 0)))
            }
        }
    }

    /// Runs recorded by older versions were heard of when they began.
    private static let seen: BSONValue = ["$ifNull": ["$seen_at", "$started_at"]]
    /// In milliseconds.
    private static let age: BSONValue = ["$subtract": ["$$NOW", seen]]
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
