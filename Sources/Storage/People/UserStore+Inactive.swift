public import CrawlDomain
public import MongoDriver

extension UserStore {
    /// Keys of the lists that an inactivity rule applies to, as ``Inactivity/applies(to:)`` decides.
    public func inactive(_ rule: Inactivity) async throws(MongoError) -> [String] {
        let dates = ["updated", "finished", "started"].map { BSONValue.document(["$max": .string("$list.\($0)")]) }
        return try await users.aggregate([
            ["$project": ["newest": ["$max": .array(dates)]]],
            // A text, and before that day: where no date is stated there is no text.
            ["$match": ["newest": ["$gt": "", "$lt": .string(rule.cutoff)]]],
        ]).all().compactMap { $0["_id"]?.stringValue }
    }

    /// Deletes lists, with a change each.
    ///
    /// - Returns: How many there were.
    public func delete(_ keys: [String], cause: ChangeCause) async throws -> Int {
        var deleted = 0
        for some in keys.chunked(500) {
            let writes = some.map { DocumentWriter.Write(subject: .user, collection: .users, key: $0, fields: nil) }
            let summary = try await database.ledger.write(writes, cause: cause) { _ in
            } after: { _, _, _ in
            }
            // A delete counts as a change of the document.
            deleted += summary.updated
        }
        return deleted
    }
}
