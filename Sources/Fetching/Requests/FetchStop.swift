import Synchronization

/// Ends a request from outside of its task; cancelling the task does so too.
///
/// A request that somebody else may have to end would otherwise need a task of its own, and two wakes of threads with it.
public final class FetchStop: Sendable {
    private struct State {
        var isStopped = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Makes one for one request.
    public init() {}

    /// Whether the request is to end, or not to begin.
    public var isStopped: Bool { state.withLock(\.isStopped) }

    /// Ends the request with `.cancelled`.
    public func stop() {
        let action = state.withLock { state in
            state.isStopped = true
            return state.action.take()
        }
        action?()
    }

    /// Runs `action` when the request is to end; at once where that has been said.
    public func whenStopped(_ action: @escaping @Sendable () -> Void) {
        let isStopped = state.withLock { state in
            if !state.isStopped { state.action = action }
            return state.isStopped
        }
        if isStopped { action() }
    }
}
