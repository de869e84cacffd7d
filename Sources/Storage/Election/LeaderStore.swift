import Foundation
public import MongoDriver

/// The right to do what only one instance may do, for a while: a lease by the server's clock, fenced by its term.
public struct Leadership: Sendable, Hashable {
    /// What is done: "index", "compaction".
    public let role: String
    /// Who does it.
    public let owner: String
    /// Grows with every leader; what is done under an older one is refused.
    public let term: Int
    /// How long it lasts after its last renewal.
    public let seconds: Int

    var filter: BSONDocument {
        ["_id": .string(role), "owner": .string(owner), "term": .int64(Int64(term))]
    }

    var renewal: Update { .pipeline([["$set": ["until": MongoFrontier.serverTime(in: .seconds(seconds))]]]) }
}

/// Who leads in what, in `leaders`.
public struct LeaderStore: Sendable {
    let database: AnimeDatabase

    private var leaders: MongoCollection { database.collection(.leaders) }

    /// Becomes the leader; nil while somebody else is.
    public func take(_ role: String, owner: String, seconds: Int) async throws(MongoError) -> Leadership? {
        let free: BSONDocument = [
            "_id": .string(role), "$expr": ["$lte": [["$ifNull": ["$until", "$$NOW"]], "$$NOW"]],
        ]
        let ours: Update = .pipeline([
            [
                "$set": [
                    "owner": ["$literal": .string(owner)],
                    "term": ["$add": [["$ifNull": ["$term", .int64(0)]], .int64(1)]],
                    "until": MongoFrontier.serverTime(in: .seconds(seconds)), "since": "$$NOW",
                ]
            ]
        ])
        var taken = try await leaders.findOneAndUpdate(free, ours)
        if taken == nil {
            // Somebody else leads, or nobody ever has.
            let new = try await leaders.updateOne(
                ["_id": .string(role)], ["$setOnInsert": ["term": .int64(0)]], .upsert)
            if new.upsertedID != nil { taken = try await leaders.findOneAndUpdate(free, ours) }
        }
        return taken?["term"]?.intValue.map { Leadership(role: role, owner: owner, term: $0, seconds: seconds) }
    }

    /// Prolongs it; false when it was lost.
    public func renew(_ leadership: Leadership) async throws(MongoError) -> Bool {
        try await leaders.updateOne(leadership.filter, leadership.renewal).matchedCount == 1
    }

    /// Gives it to whoever comes next; without effect when it was lost.
    public func release(_ leadership: Leadership) async throws(MongoError) {
        try await leaders.updateOne(leadership.filter, ["$set": ["owner": .null, "until": .null]])
    }

    /// Who leads at the moment, as they call themselves; nil for nobody.
    public func leader(of role: String) async throws(MongoError) -> String? {
        try await leaders.findOne(["_id": .string(role), "$expr": ["$gt": ["$until", "$$NOW"]]])?["owner"]?.stringValue
    }

    /// The roles that somebody leads in at the moment.
    func leading() async throws(MongoError) -> [String] {
        try await leaders.find(["$expr": ["$gt": ["$until", "$$NOW"]]], FindOptions(sort: ["_id": 1])).all()
            .compactMap { $0["_id"]?.stringValue }
    }

    /// Goes through in the transaction of what the leader does, and prolongs its time; or refuses one that leads no longer.
    ///
    /// - Throws: ``StorageError/leadershipLost(role:)``.
    func fence(_ leadership: Leadership, _ session: MongoSession) async throws(StorageError) {
        let held = try await StorageError.wrapping { () throws(MongoError) in
            try await leaders.updateOne(leadership.filter, leadership.renewal, session: session)
        }
        guard held.matchedCount == 1 else { throw .leadershipLost(role: leadership.role) }
    }
}
