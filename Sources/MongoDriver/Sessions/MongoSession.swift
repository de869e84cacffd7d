import Synchronization

/// A logical session: its operations see each other's effects, and one at a time may be a transaction.
///
/// Operations of one session run in the order they are called, on one connection. They must not run at the same time when a
/// transaction is open.
public final class MongoSession: Sendable {
    let core: ClientCore
    let lane: LanePool.LaneID
    private let hasEnded = Mutex(false)

    init(core: ClientCore, lane: LanePool.LaneID) {
        self.core = core
        self.lane = lane
    }

    deinit { end() }

    /// Aborts an open transaction and gives the session's connection back; what is queued on it is done first.
    public func end() {
        let isFirst = hasEnded.withLock { ended in
            defer { ended = true }
            return !ended
        }
        guard isFirst else { return }
        let lanes = core.lanes
        let lane = lane
        lanes.enqueue(on: lane) { client in
            client.endSession()
            lanes.giveBack(lane)
        }
    }
}
