import MongoDriver

/// Has all anime combined anew, since what is made of their entries is made by other rules now (`docs/catalog.md`).
///
/// It only sends the catalogue's consumer back to the beginning of the change log; the next one that follows it does the work, and writes what
/// differs.
struct AnimeCombinedAnew: Migration {
    let number: Int
    let name: String
    let rewrites: [CollectionName] = []

    func remaining(in database: AnimeDatabase) async throws -> Int { try await database.collection(.anime).count() }

    func step(in database: AnimeDatabase, after place: BSONValue?) async throws -> (changed: Int, place: BSONValue?) {
        try await database.collection(.consumers).updateOne(
            ["_id": "catalogue"],
            // One that is following has lost its turn: it would write how far it came by the old rules.
            ["$set": ["change": .int64(0), "owner": .null, "until": .null], "$inc": ["token": .int64(1)]])
        return (0, nil)
    }
}
