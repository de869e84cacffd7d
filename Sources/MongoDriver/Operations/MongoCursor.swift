import Synchronization

/// The documents of a query, fetched in batches as they are read.
///
/// Between two batches no thread and no connection waits. For one reader; left before its end, it is closed on the server when
/// its last reference is gone, or by `close()`.
public final class MongoCursor: Sendable, AsyncSequence {
    private struct State {
        var first: [BSONDocument]?
        var cursor: UInt64?
    }

    private let core: ClientCore
    private let session: MongoSession?
    private let lane: LanePool.LaneID
    private let step: Int
    private let state: Mutex<State>

    private init(core: ClientCore, session: MongoSession?, step: Int, batch: LaneClient.Batch) {
        self.core = core
        self.session = session
        self.step = step
        lane = batch.lane
        state = Mutex(State(first: batch.documents, cursor: batch.cursor))
    }

    deinit { close() }

    static func open(
        _ core: ClientCore, _ source: CursorSource, _ options: BSONDocument, step: Int, session: MongoSession?
    ) async throws(MongoError) -> MongoCursor {
        let step = Swift.max(1, step)
        let inSession = session != nil
        let batch = try await core.run(session) { (client) throws(MongoError) in
            try client.openCursor(source, options, step: step, inSession: inSession)
        }
        return MongoCursor(core: core, session: session, step: step, batch: batch)
    }

    /// The next documents, at most as many as the batch size; nil at the end.
    ///
    /// - Throws: `.cursorNotFound` when the server forgot the cursor (10 minutes unused), or lost its primary.
    public func nextBatch() async throws(MongoError) -> [BSONDocument]? {
        let (first, cursor) = state.withLock { state in
            let taken = (state.first, state.cursor)
            state.first = nil
            if taken.0?.isEmpty ?? true { state.cursor = nil }
            return taken
        }
        if let first, !first.isEmpty { return first }
        guard let cursor else { return nil }
        let step = step
        let batch = try await core.lanes.run(on: lane) { (client) throws(MongoError) in
            try client.readBatch(cursor, step: step)
        }
        state.withLock { $0.cursor = batch.cursor }
        return batch.documents.isEmpty ? nil : batch.documents
    }

    /// All remaining documents; for results known to be small.
    public func all() async throws(MongoError) -> [BSONDocument] {
        var documents: [BSONDocument] = []
        while let batch = try await nextBatch() { documents += batch }
        return documents
    }

    /// Ends the cursor on the server too; reading on finds the end.
    public func close() {
        let cursor = state.withLock { state in
            defer { state = State() }
            return state.cursor
        }
        guard let cursor else { return }
        core.lanes.enqueue(on: lane) { $0.discardCursor(cursor) }
    }

    /// Walks the documents one by one.
    public func makeAsyncIterator() -> Iterator { Iterator(cursor: self) }

    /// Walks the documents of a cursor one by one.
    public struct Iterator: AsyncIteratorProtocol {
        let cursor: MongoCursor
        var batch: ArraySlice<BSONDocument> = []

        init(cursor: MongoCursor) { self.cursor = cursor }

        /// The next document; nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(MongoError) -> BSONDocument? {
            if batch.isEmpty {
                guard let fetched = try await cursor.nextBatch() else { return nil }
                batch = fetched[...]
            }
            return batch.popFirst()
        }

        /// The next document; nil at the end.
        public mutating func next() async throws(MongoError) -> BSONDocument? { try await next(isolation: nil) }
    }
}
