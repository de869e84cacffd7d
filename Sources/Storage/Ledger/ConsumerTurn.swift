import Foundation
public import MongoDriver

/// The exclusive right to take in changes for a consumer, so that two programs that follow at once do not undo each other's work.
///
/// A lease by the server's clock, fenced by its token: a holder that slept too long writes nothing any more.
public struct ConsumerTurn: Sendable {
    let database: AnimeDatabase
    let consumer: String
    let owner: String
    let token: Int

    /// Seconds a turn lasts after its last write.
    public static let seconds = 30

    private var filter: BSONDocument {
        ["_id": .string(consumer), "owner": .string(owner), "token": .int64(Int64(token))]
    }

    /// Prolongs the turn in the transaction of an effect.
    ///
    /// - Throws: ``StorageError/turnLost(consumer:)`` when somebody else has it.
    func fence(_ session: MongoSession) async throws(StorageError) {
        let held = try await StorageError.wrapping { () throws(MongoError) in
            try await database.collection(.consumers).updateOne(
                filter, .pipeline([["$set": ["until": MongoFrontier.serverTime(in: .seconds(Self.seconds))]]]),
                session: session)
        }
        guard held.matchedCount == 1 else { throw .turnLost(consumer: consumer) }
    }

    /// Takes note of how far the consumer has come, back also, where what was left out is taken in now.
    ///
    /// - Throws: ``StorageError/turnLost(consumer:)`` when somebody else has the turn.
    public func write(_ state: ConsumerPosition.State) async throws(StorageError) {
        let written = try await StorageError.wrapping { () throws(MongoError) in
            try await database.collection(.consumers).updateOne(
                filter,
                [
                    "$set": [
                        "change": .int64(Int64(state.change)), "held": .document(HeldSites.document(state.held)),
                    ], "$currentDate": ["at": true],
                ])
        }
        guard written.matchedCount == 1 else { throw .turnLost(consumer: consumer) }
    }

    /// Takes note of how far a webhook has come and how its deliveries go, and prolongs the turn.
    ///
    /// - Throws: ``StorageError/turnLost(consumer:)`` when somebody else has the turn.
    public func write(change: Int, _ delivery: DeliveryState, delivered: Bool) async throws(StorageError) {
        var fields: BSONDocument = [
            "change": .int64(Int64(change)), "delivery": ["$literal": .document(delivery.document)],
            "until": MongoFrontier.serverTime(in: .seconds(Self.seconds)),
        ]
        if delivered { fields["at"] = "$$NOW" }
        let stage = fields
        let written = try await StorageError.wrapping { () throws(MongoError) in
            try await database.collection(.consumers).updateOne(filter, .pipeline([["$set": .document(stage)]]))
        }
        guard written.matchedCount == 1 else { throw .turnLost(consumer: consumer) }
    }

    /// Gives the turn back; without effect when somebody else has it.
    public func end() async throws(MongoError) {
        try await database.collection(.consumers).updateOne(filter, ["$set": ["owner": .null, "until": .null]])
    }

    /// Takes the turn; nil while somebody else has it.
    static func take(_ consumer: String, database: AnimeDatabase) async throws(MongoError) -> ConsumerTurn? {
        let owner = UUID().uuidString
        let consumers = database.collection(.consumers)
        let free: BSONDocument = [
            "_id": .string(consumer), "$expr": ["$lte": [["$ifNull": ["$until", "$$NOW"]], "$$NOW"]],
        ]
        let ours: Update = .pipeline([
            [
                "$set": [
                    "owner": .string(owner), "token": ["$add": [["$ifNull": ["$token", 0]], 1]],
                    "until": MongoFrontier.serverTime(in: .seconds(Self.seconds)),
                ]
            ]
        ])
        var taken = try await consumers.findOneAndUpdate(free, ours)
        if taken == nil {
            // Somebody else has it, or nobody ever had.
            let new = try await consumers.updateOne(
                ["_id": .string(consumer)], ["$setOnInsert": ["change": .int64(0), "token": .int64(0)]], .upsert)
            if new.upsertedID != nil { taken = try await consumers.findOneAndUpdate(free, ours) }
        }
        return taken?["token"]?.intValue.map {
            ConsumerTurn(database: database, consumer: consumer, owner: owner, token: $0)
        }
    }
}
