public import MongoDriver

/// Tells whose lists were written, by whomever, as soon as a majority of the servers has it.
public struct ListWatcher: Sendable {
    /// Whose lists were written.
    public struct Written: Sendable {
        /// Keys of the documents.
        public var keys: [String] = []
        /// Names that somebody bears since then.
        public var names: [String] = []
        /// Whether it had to be listened anew, after a failure: what was read before may not be what is stored.
        public var isResumed = false
        /// Whether nothing else had been written when this was asked for.
        public var isAll = true
    }

    /// Writes told at once.
    private static let batch = 1_000

    private let stream: ChangeStream

    init(_ users: MongoCollection, _ interval: Duration) async throws(MongoError) {
        // Only what tells whose list it is: a list may be large.
        let pipeline: BSONDocument = [
            "$project": [
                "operationType": 1, "documentKey": 1, "fullDocument.name": 1, "updateDescription.updatedFields.name": 1,
            ]
        ]
        stream = try await users.watch(
            ChangeStreamOptions(pipeline: [pipeline], maximumWait: interval, batchSize: Self.batch))
    }

    /// What was written since the last call, waiting for it; nothing when the interval has passed.
    ///
    /// - Throws: Also when the collection is gone; after an error nothing is known any more.
    public func next() async throws(MongoError) -> Written {
        let resumptions = stream.resumptions
        guard let batch = try await stream.nextBatch() else { throw MongoError(.driver, "the lists are gone") }
        var written = Written()
        written.isResumed = stream.resumptions != resumptions
        written.isAll = batch.events.count < Self.batch
        for event in batch.events {
            guard let key = event["documentKey"]?.documentValue?["_id"]?.stringValue else {
                // Of the whole collection: dropped, renamed.
                throw MongoError(.driver, "the lists are not what they were")
            }
            written.keys.append(key)
            let name =
                event["fullDocument"]?.documentValue?["name"]
                ?? event["updateDescription"]?.documentValue?["updatedFields"]?.documentValue?["name"]
            if let name = name?.stringValue { written.names.append(name) }
        }
        return written
    }

    /// Ends it.
    public func close() { stream.close() }
}
