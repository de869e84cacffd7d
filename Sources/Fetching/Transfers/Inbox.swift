import Synchronization

/// Orders for the fetcher's thread, and the only state that other threads touch.
final class Inbox: Sendable {
    enum Order: Sendable {
        case fetch(FetchJob)
        case cancel(UInt64)
    }

    private struct State {
        var orders: [Order] = []
        var isClosed = false
        var hasEnded = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
        /// To end the thread's sleep; nil once the thread has ended.
        var multi: MultiHandle?
    }

    private let state: Mutex<State>

    init(waking multi: MultiHandle) {
        state = Mutex(State(multi: multi))
    }

    /// Whether the order was taken; false after `close`.
    func put(_ order: Order) -> Bool {
        let (isTaken, sleeper) = state.withLock { state -> (Bool, MultiHandle?) in
            guard !state.isClosed else { return (false, nil) }
            state.orders.append(order)
            // One call wakes the thread for all orders it then finds.
            return (true, state.orders.count == 1 ? state.multi : nil)
        }
        // Not while the lock is held: it is what the thread asks for first.
        sleeper?.wake()
        return isTaken
    }

    /// Everything put since the last call.
    func take() -> (list: [Order], isClosed: Bool) {
        state.withLock { state in
            defer { state.orders = [] }
            return (state.orders, state.isClosed)
        }
    }

    /// Takes no more orders.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.multi?.wake()
        }
    }

    /// Called by the thread as its last act, with nothing of libcurl's left open.
    func end() {
        let waiting = state.withLock { state in
            state.hasEnded = true
            state.multi = nil
            defer { state.waitingForEnd = [] }
            return state.waitingForEnd
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when the thread has ended.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waitingForEnd.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }
}
