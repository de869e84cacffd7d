import Synchronization

/// Changes of a collection or database as they become durable on a majority, in order.
///
/// Each event is delivered at least once, if the reader stores the token after acting on the batch before it. The stream keeps a
/// connection and a thread of its own, as it waits most of its time. For one reader.
public final class ChangeStream: Sendable, AsyncSequence {
    /// Events, and where to go on after them.
    public struct Batch: Sendable {
        /// The events in order; empty when nothing happened for `maximumWait`.
        public let events: [BSONDocument]
        /// Where to resume once these events' effects are stored; nil only before anything is known.
        public let resumeToken: ResumeToken?
    }

    private let session: MongoSession
    private let position: Mutex<ChangeStreamPosition>

    init(session: MongoSession, position: ChangeStreamPosition) {
        self.session = session
        self.position = Mutex(position)
    }

    deinit { close() }

    static func open(_ core: ClientCore, _ position: ChangeStreamPosition) async throws(MongoError) -> ChangeStream {
        let stream = ChangeStream(session: try await core.startSession(), position: position)
        let events = try await stream.step()
        stream.first.withLock { $0 = events }
        return stream
    }

    private let first = Mutex<[BSONDocument]>([])

    /// Where to resume after everything read so far.
    public var resumeToken: ResumeToken? {
        if case .after(let token) = position.withLock(\.start) { token } else { nil }
    }

    /// How often it was opened again after a failure. What was read from the server before may have been taken back since.
    public var resumptions: Int { position.withLock(\.resumptions) }

    /// The next events, waiting up to `maximumWait`; nil when the collection was dropped or renamed.
    ///
    /// One failure that the server calls resumable is tried over by itself.
    ///
    /// - Throws: `.changeStreamHistoryLost` when the point to resume from left the oplog: only a comparison of all data helps,
    ///   never a start from now.
    public func nextBatch() async throws(MongoError) -> Batch? {
        let opened = first.withLock { first in
            defer { first = [] }
            return first
        }
        if !opened.isEmpty { return Batch(events: opened, resumeToken: resumeToken) }
        guard !position.withLock(\.isInvalidated) else { return nil }
        let events = try await step()
        return Batch(events: events, resumeToken: resumeToken)
    }

    /// Ends the stream on the server and gives its connection back; reading on is an error.
    public func close() {
        let position = position.withLock { $0 }
        session.core.lanes.enqueue(on: session.lane) { position.close($0) }
        session.end()
    }

    private func step() async throws(MongoError) -> [BSONDocument] {
        let before = position.withLock { $0 }
        let (events, after) = try await session.core.run(session) { (client) throws(MongoError) in
            var position = before
            let events = try position.next(client)
            return (events, position)
        }
        position.withLock { $0 = after }
        return events
    }

    /// Walks the events one by one.
    public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

    /// Walks the events of a change stream one by one.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: ChangeStream
        var batch: ArraySlice<BSONDocument> = []

        init(stream: ChangeStream) { self.stream = stream }

        /// The next event, however long it takes; nil when the stream ended. Cancelling the task ends the wait.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(MongoError) -> BSONDocument? {
            while batch.isEmpty {
                guard let fetched = try await stream.nextBatch() else { return nil }
                batch = fetched.events[...]
            }
            return batch.popFirst()
        }

        /// The next event, however long it takes; nil when the stream ended.
        public mutating func next() async throws(MongoError) -> BSONDocument? { try await next(isolation: nil) }
    }
}

extension MongoCollection {
    /// Watches the collection's changes, from the point the options name; it is open when this returns.
    public func watch(_ options: ChangeStreamOptions = .init()) async throws(MongoError) -> ChangeStream {
        let position = ChangeStreamPosition(database: namespace.database, collection: name, options: options)
        return try await ChangeStream.open(core, position)
    }
}

extension MongoDatabase {
    /// Watches the changes of all collections of the database; it is open when this returns.
    public func watch(_ options: ChangeStreamOptions = .init()) async throws(MongoError) -> ChangeStream {
        let position = ChangeStreamPosition(database: name, collection: nil, options: options)
        return try await ChangeStream.open(core, position)
    }
}
