import Synchronization

/// One call that a task waits for and a lane answers, exactly once, or that the task's cancellation answers before it starts.
final class LaneCall<Value: Sendable>: Sendable {
    typealias Answer = Result<Value, MongoError>

    private enum State {
        case new, cancelled, answered
        case waiting(CheckedContinuation<Answer, Never>)
    }

    private let state = Mutex(State.new)

    /// Remembers whom to answer; false when the task was cancelled already, and has been told so.
    func wait(_ continuation: CheckedContinuation<Answer, Never>) -> Bool {
        let isCancelled = state.withLock { state in
            if case .cancelled = state { return true }
            state = .waiting(continuation)
            return false
        }
        if isCancelled { continuation.resume(returning: .failure(Self.cancellation)) }
        return !isCancelled
    }

    /// Takes the right to answer; nil when the call was cancelled, so that its work is not begun.
    func begin() -> CheckedContinuation<Answer, Never>? {
        state.withLock { state in
            guard case .waiting(let continuation) = state else { return nil }
            state = .answered
            return continuation
        }
    }

    /// Answers with a cancellation, unless the work has begun.
    func cancel() {
        let continuation = state.withLock { state -> CheckedContinuation<Answer, Never>? in
            switch state {
            case .new:
                state = .cancelled
                return nil
            case .waiting(let continuation):
                state = .answered
                return continuation
            case .cancelled, .answered: return nil
            }
        }
        continuation?.resume(returning: .failure(Self.cancellation))
    }

    private static var cancellation: MongoError {
        MongoError(.cancelled, "the task was cancelled before anything was sent")
    }
}
