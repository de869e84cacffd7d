public import struct Foundation.Date
import Synchronization

/// How each role of this process fares, for `/readyz` and the metrics.
public final class RoleHealth: Sendable {
    /// The state of one role.
    public struct State: Sendable, Hashable {
        /// Whether it runs; otherwise it waits to be started again.
        public var isRunning = true
        /// When it was started, or when it failed.
        public var since = Date()
        /// How often it was started again after a failure.
        public var restarts = 0
        /// Why it failed last.
        public var lastError: String?
        /// Whether this instance does it for all, or stands by; nil where each does it.
        public var isLeading: Bool?
    }

    private let roles = Mutex<[String: State]>([:])
    private let listening = Mutex(false)

    /// Nothing runs yet.
    public init() {}

    /// By name.
    public var states: [String: State] { roles.withLock { $0 } }

    /// Whether requests have been taken since the start.
    public var hasListened: Bool { listening.withLock { $0 } }

    /// Takes note that requests are taken.
    public func listens() { listening.withLock { $0 = true } }

    func started(_ name: String) {
        roles.withLock {
            $0[name, default: State()].isRunning = true
            $0[name]?.since = Date()
        }
    }

    /// Another instance does it, or will.
    func standsBy(_ name: String) { roles.withLock { $0[name, default: State()].isLeading = false } }

    /// This instance does it for all.
    func leads(_ name: String) { roles.withLock { $0[name, default: State()].isLeading = true } }

    func failed(_ name: String, _ reason: String) {
        roles.withLock {
            var state = $0[name] ?? State()
            (state.isRunning, state.since, state.lastError) = (false, Date(), reason)
            state.restarts += 1
            $0[name] = state
        }
    }
}
