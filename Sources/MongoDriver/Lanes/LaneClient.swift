import CMongoC

/// A lane's libmongoc client and what is tied to it; touched by the lane's thread only, which is why it is not `Sendable`.
final class LaneClient {
    let lane: LanePool.LaneID
    let pointer: OpaquePointer
    private let clients: ClientPool
    private var cursors: [UInt64: OpaquePointer] = [:]
    private var lastCursor: UInt64 = 0
    private var session: OpaquePointer?
    /// Whether the session's reads all see the data of one moment.
    private(set) var readsSnapshot = false

    init(lane: LanePool.LaneID, clients: ClientPool) {
        self.lane = lane
        self.clients = clients
        pointer = clients.pop()
    }

    /// Times operations.
    var timer: OperationTimer { clients.timer }

    /// Ends everything tied to the client and hands the client back; the last call on this object.
    func destroy() {
        endSession()
        for cursor in cursors.values { mongoc_cursor_destroy(cursor) }
        cursors = [:]
        clients.push(pointer)
    }

    /// Keeps a cursor for later batches, and owns it from now on.
    func keep(stealing cursor: OpaquePointer) -> UInt64 {
        lastCursor += 1
        cursors[lastCursor] = cursor
        return lastCursor
    }

    /// A kept cursor, lent.
    func cursor(_ number: UInt64) -> OpaquePointer? { cursors[number] }

    /// Ends a cursor, on the server too.
    func discardCursor(_ number: UInt64) {
        guard let cursor = cursors.removeValue(forKey: number) else { return }
        mongoc_cursor_destroy(cursor)
    }

    /// Starts the one session of an exclusive lane.
    ///
    /// - Parameter snapshot: Whether its reads all see the data of one moment; then it cannot write.
    func startSession(snapshot: Bool = false) throws(MongoError) {
        endSession()
        let options: OpaquePointer = mongoc_session_opts_new()
        defer { mongoc_session_opts_destroy(options) }
        if snapshot {
            mongoc_session_opts_set_causal_consistency(options, false)
            mongoc_session_opts_set_snapshot(options, true)
        }
        var reason = bson_error_t()
        guard let started = mongoc_client_start_session(pointer, options, &reason) else { throw MongoError(reason) }
        session = started
        readsSnapshot = snapshot
    }

    /// Ends the session; an open transaction is aborted.
    func endSession() {
        // Cursors of the session go first: they end with its identifier.
        guard let session else { return }
        for cursor in cursors.values { mongoc_cursor_destroy(cursor) }
        cursors = [:]
        mongoc_client_session_destroy(session)
        self.session = nil
        readsSnapshot = false
    }

    /// The lane's session, lent.
    func openSession() throws(MongoError) -> OpaquePointer {
        guard let session else { throw MongoError(.invalidArgument, "the session has ended") }
        return session
    }
}
