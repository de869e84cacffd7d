extension MongoCollection {
    /// The documents that match a filter.
    public func find(
        _ filter: BSONDocument = [:], _ options: FindOptions = .init(), session: MongoSession? = nil
    ) async throws(MongoError) -> MongoCursor {
        let source = CursorSource.find(namespace, filter: try filter.bson())
        return try await MongoCursor.open(core, source, options.document, step: options.batchSize, session: session)
    }

    /// The first document that matches a filter.
    public func findOne(
        _ filter: BSONDocument = [:], _ options: FindOptions = .init(), session: MongoSession? = nil
    ) async throws(MongoError) -> BSONDocument? {
        var options = options
        options.limit = 1
        options.timeLimit = options.timeLimit ?? core.options.operationTimeLimit
        return try await find(filter, options, session: session).all().first
    }

    /// The results of an aggregation pipeline.
    public func aggregate(
        _ pipeline: [BSONDocument], allowDiskUse: Bool = false, batchSize: Int = 1000, timeLimit: Duration? = nil,
        session: MongoSession? = nil
    ) async throws(MongoError) -> MongoCursor {
        let source = CursorSource.aggregate(namespace, pipeline: try BSONDocument.array(pipeline).bson())
        var options: BSONDocument = ["batchSize": .int64(Int64(max(1, batchSize)))]
        if allowDiskUse { options["allowDiskUse"] = true }
        options.setTimeLimit(timeLimit)
        return try await MongoCursor.open(core, source, options, step: batchSize, session: session)
    }

    /// How many documents match a filter, counted one by one or in an index.
    public func count(
        _ filter: BSONDocument = [:], limit: Int? = nil, hint: BSONValue? = nil, timeLimit: Duration? = nil,
        session: MongoSession? = nil
    ) async throws(MongoError) -> Int {
        // Not the `count` command: it may be wrong after a crash and is refused in transactions.
        var pipeline: [BSONDocument] = [["$match": .document(filter)]]
        if let limit { pipeline.append(["$limit": .int64(Int64(limit))]) }
        pipeline.append(["$group": ["_id": 1, "n": ["$sum": 1]]])
        var command: BSONDocument = [
            "aggregate": .string(name), "pipeline": .array(pipeline.map(BSONValue.document)), "cursor": [:],
        ]
        if let hint { command["hint"] = hint }
        let reply = try await run(command, kind: .read, timeLimit: timeLimit, session: session)
        return reply[path: "cursor.firstBatch.0.n"]?.intValue ?? 0
    }

    /// How many documents the server's bookkeeping says there are; fast, and wrong after a crash until validated.
    public func estimatedCount() async throws(MongoError) -> Int {
        let reply = try await run(["count": .string(name)], kind: .read, timeLimit: nil, session: nil)
        return reply["n"]?.intValue ?? 0
    }

    /// The different values of a field, which must fit in one reply of 16 MiB.
    public func distinct(
        _ key: String, _ filter: BSONDocument = [:], timeLimit: Duration? = nil, session: MongoSession? = nil
    ) async throws(MongoError) -> [BSONValue] {
        let command: BSONDocument = ["distinct": .string(name), "key": .string(key), "query": .document(filter)]
        return try await run(command, kind: .read, timeLimit: timeLimit, session: session)["values"]?.arrayValue ?? []
    }
}
