import Foundation
import MongoDriver

/// The right to carry out one migration, by the server's clock.
struct MigrationTurn {
    let id: BSONValue
    let owner: String
    let seconds: Int
    /// From where to go on; nil at the beginning.
    let place: BSONValue?

    /// Takes it; nil while another program has it, and when all is done.
    static func take(
        _ id: BSONValue, seconds: Int, in records: MongoCollection
    ) async throws(MongoError) -> MigrationTurn? {
        let owner = UUID().uuidString
        let taken = try await records.findOneAndUpdate(
            ["_id": id, "state": "running", "$expr": ["$lte": [["$ifNull": ["$until", "$$NOW"]], "$$NOW"]]],
            .pipeline([["$set": ["owner": .string(owner), "until": MongoFrontier.serverTime(in: .seconds(seconds))]]]))
        guard let taken else { return nil }
        let place = taken["place"] == .null ? Optional.none : taken["place"]
        return MigrationTurn(id: id, owner: owner, seconds: seconds, place: place)
    }

    /// Takes note of a step.
    ///
    /// - Parameter place: From where to go on; nil when all is done.
    /// - Returns: Whether the turn is still ours.
    func advance(to place: BSONValue?, changed: Int, in records: MongoCollection) async throws(MongoError) -> Bool {
        let total: BSONValue = ["$add": ["$documents", .int64(Int64(changed))]]
        let fields: BSONDocument =
            place.map {
                [
                    "place": ["$literal": $0], "documents": total,
                    "until": MongoFrontier.serverTime(in: .seconds(seconds)),
                ]
            } ?? ["state": "done", "documents": total, "place": .null, "until": .null, "ended_at": "$$NOW"]
        let noted = try await records.updateOne(
            ["_id": id, "owner": .string(owner)], .pipeline([["$set": .document(fields)]]))
        return noted.matchedCount == 1
    }
}
