import MongoDriver

extension UserStore {
    /// Calls `body` for each person who likes any of some entries, with the keys of all entries they like. Goes through all lists.
    ///
    /// - Parameter score: The least score, 1 to 10, that says that somebody likes an entry.
    public func forEachFan(of entries: [String], score: Int = 7, _ body: (Set<String>) -> Void) async throws {
        let wanted = Set(entries)
        let row: BSONDocument = [
            "entry_id": ["$in": .array(entries.map(BSONValue.string))],
            "score": ["$gte": .int32(Int32(clamping: score))],
        ]
        let options = FindOptions(projection: ["list.entry_id": 1, "list.score": 1], batchSize: 200)
        for try await document in try await users.find(["list": ["$elemMatch": .document(row)]], options) {
            let liked = (document["list"]?.arrayValue ?? []).compactMap { row -> String? in
                guard let row = row.documentValue, row["score"]?.intValue ?? 0 >= score else { return nil }
                return row["entry_id"]?.stringValue
            }
            let all = Set(liked)
            if !all.isDisjoint(with: wanted) { body(all) }
        }
    }
}
