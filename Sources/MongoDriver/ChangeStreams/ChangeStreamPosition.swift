import CMongoC

/// A change stream's place on the server, and the commands that move it; a value that a lane takes and gives back.
struct ChangeStreamPosition: Sendable {
    let database: String
    /// Nil to watch the whole database.
    let collection: String?
    let options: ChangeStreamOptions
    private(set) var start: ChangeStreamStart
    private var cursor: Int64?
    private var server: UInt32 = 0

    init(database: String, collection: String?, options: ChangeStreamOptions) {
        self.database = database
        self.collection = collection
        self.options = options
        start = options.start
    }

    /// Whether the server ended the stream, because the collection is gone.
    private(set) var isInvalidated = false
    /// How often it was opened again after a failure.
    private(set) var resumptions = 0

    /// Opens the stream, or waits for its next batch. An error that the specification calls resumable is tried over once.
    ///
    /// Source: MongoDB's change streams specification.
    mutating func next(_ client: LaneClient) throws(MongoError) -> [BSONDocument] {
        do throws(MongoError) {
            return try step(client)
        } catch  where Self.isResumable(error) {
            cursor = nil
            resumptions += 1
            return try step(client)
        }
    }

    /// Ends the stream on the server.
    func close(_ client: LaneClient) {
        guard let cursor else { return }
        let command: BSONDocument = ["killCursors": .string(cursorCollection), "cursors": [.int64(cursor)]]
        _ = try? run(command, client)
    }

    static func isResumable(_ error: MongoError) -> Bool {
        error.code == .network || error.serverCode == 43 || error.labels.contains("ResumableChangeStreamError")
    }

    private mutating func step(_ client: LaneClient) throws(MongoError) -> [BSONDocument] {
        guard let cursor else { return try open(client) }
        let command: BSONDocument = [
            "getMore": .int64(cursor), "collection": .string(cursorCollection),
            "maxTimeMS": .int64(max(1, options.maximumWait.milliseconds)),
            "batchSize": .int64(Int64(max(1, options.batchSize))),
        ]
        return try take(try run(command, client), batch: "nextBatch")
    }

    private mutating func open(_ client: LaneClient) throws(MongoError) -> [BSONDocument] {
        server = try client.selectPrimary()
        let command: BSONDocument = [
            "aggregate": collection.map(BSONValue.string) ?? 1,
            "pipeline": .array([["$changeStream": .document(stage)]] + options.pipeline.map(BSONValue.document)),
            "cursor": ["batchSize": .int64(Int64(max(1, options.batchSize)))],
        ]
        return try take(try run(command, client), batch: "firstBatch")
    }

    private var stage: BSONDocument {
        var stage = BSONDocument()
        switch start {
        case .now: break
        case .after(let token): stage["startAfter"] = .document(token.document)
        case .at(let time): stage["startAtOperationTime"] = .timestamp(time)
        }
        if options.includesFullDocument { stage["fullDocument"] = "updateLookup" }
        return stage
    }

    private var cursorCollection: String { collection ?? "$cmd.aggregate" }

    /// The cursor lives on one server of a sharded cluster, so every command of the stream names it.
    private func run(_ command: BSONDocument, _ client: LaneClient) throws(MongoError) -> BSONDocument {
        let isOpening = command["aggregate"] != nil
        return try client.run(
            try command.bson(), on: database, kind: isOpening ? .read : .plain, inSession: true,
            options: ["serverId": .int64(Int64(server))])
    }

    private mutating func take(_ reply: BSONDocument, batch: String) throws(MongoError) -> [BSONDocument] {
        guard let state = reply["cursor"]?.documentValue, let number = state["id"]?.intValue else {
            throw MongoError(.driver, "a change stream's reply without a cursor")
        }
        let events = (state[batch]?.arrayValue ?? []).compactMap(\.documentValue)
        cursor = number == 0 ? nil : Int64(number)
        isInvalidated = number == 0
        // The token after the batch is ahead of its last event, so a quiet stream's token does not age out of the oplog.
        if let token = state["postBatchResumeToken"]?.documentValue ?? events.last?["_id"]?.documentValue {
            start = .after(ResumeToken(token))
        }
        return events
    }
}

extension LaneClient {
    /// The number libmongoc has for the server that takes writes.
    func selectPrimary() throws(MongoError) -> UInt32 {
        var reason = bson_error_t()
        guard let server = mongoc_client_select_server(pointer, true, nil, &reason) else { throw MongoError(reason) }
        defer { mongoc_server_description_destroy(server) }
        return mongoc_server_description_id(server)
    }
}
