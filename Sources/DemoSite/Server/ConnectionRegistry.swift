import Foundation

/// The connections that are open, so that a stop can end them in order.
final class ConnectionRegistry: Sendable {
    static let limit = 512

    // NSCondition guards `state`, which is touched only between lock() and unlock().
    private final class State: @unchecked Sendable {
        var open: [Int: Socket] = [:]
        var count = 0
        var isStopping = false
    }

    private let condition = NSCondition()
    private let state = State()

    var isStopping: Bool { locked { state.isStopping } }

    /// The connection's number, nil when there are too many or the server is stopping.
    func add(_ socket: Socket) -> Int? {
        locked {
            guard !state.isStopping, state.open.count < Self.limit else { return nil }
            state.count += 1
            state.open[state.count] = socket
            return state.count
        }
    }

    /// Forgets and closes in one step: a descriptor that was closed could already be somebody else's.
    func close(_ number: Int) {
        locked {
            state.open.removeValue(forKey: number)?.closeNow()
            condition.broadcast()
        }
    }

    /// Ends idle connections, lets answers end, and waits for that at most this many seconds.
    func stop(timeout: Double) {
        let deadline = Date(timeIntervalSinceNow: timeout)
        locked {
            state.isStopping = true
            for socket in state.open.values { socket.stopReceiving() }
            while !state.open.isEmpty, condition.wait(until: deadline) {}
        }
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }
}
