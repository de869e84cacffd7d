import MongoDriver

/// Has all anime combined anew, since relations are weighed now (`docs/catalog.md`): what must stay apart, and which names lead on.
///
/// It only sends the catalogue's consumer back to the beginning of the change log; the next one that follows it does the work, and writes what
/// differs.
struct AnimeByWeighedRelations: Migration {
    let number = 3
    let name = "anime combined anew by weighed relations"
    let rewrites: [CollectionName] = []

    func remaining(in database: AnimeDatabase) async throws -> Int { try await database.collection(.anime).count() }

    func step(in database: AnimeDatabase, after place: BSONValue?) async throws -> (changed: Int, place: BSONValue?) {
        try await database.collection(.consumers).updateOne(["_id": "catalogue"], ["$set": ["change": .int64(0)]])
        return (0, nil)
    }
}
