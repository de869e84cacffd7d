public import Logging
import Synchronization

/// What was read from files, exchanged whole when they change; what cannot be read leaves what was there, and is said once.
public final class LiveValue<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        var fingerprint: String
        var problem: String?
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextListener = 0
    }

    private let state: Mutex<State>
    private let fingerprint: @Sendable () -> String
    private let load: @Sendable () throws -> Value
    private let log: Logger

    /// Reads the value for the first time.
    ///
    /// - Parameters:
    ///   - fingerprint: Changes when it is worth reading again.
    ///   - load: Reads it.
    /// - Throws: What `load` throws: there is nothing before the first value that could stand in for it.
    public init(
        fingerprint: @escaping @Sendable () -> String, log: Logger, load: @escaping @Sendable () throws -> Value
    )
        throws
    {
        let seen = fingerprint()
        state = Mutex(State(value: try load(), fingerprint: seen))
        self.fingerprint = fingerprint
        self.load = load
        self.log = log
    }

    /// The newest value that could be read.
    public var value: Value { state.withLock { $0.value } }

    /// Why the files as they are now cannot be read; nil when they can.
    public var problem: String? { state.withLock { $0.problem } }

    /// Yields once for each new value, from now on.
    public func changes() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number = state.withLock { state in
                state.nextListener += 1
                state.listeners[state.nextListener] = continuation
                return state.nextListener
            }
            continuation.onTermination = { [weak self] _ in self?.leave(number) }
        }
    }

    /// Looks at the files.
    ///
    /// - Parameter always: Also when they look as before.
    func reload(always: Bool = false) {
        let seen = fingerprint()
        guard always || state.withLock({ $0.fingerprint != seen }) else { return }
        do {
            let value = try load()
            let listeners = state.withLock { state in
                (state.value, state.fingerprint, state.problem) = (value, seen, nil)
                return Array(state.listeners.values)
            }
            log.info("configuration read again")
            listeners.forEach { $0.yield() }
        } catch {
            state.withLock { ($0.fingerprint, $0.problem) = (seen, "\(error)") }
            log.error("the configuration is left as it was: \(error)")
        }
    }

    private func leave(_ number: Int) { state.withLock { $0.listeners[number] = nil } }
}
