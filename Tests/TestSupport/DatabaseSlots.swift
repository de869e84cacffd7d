import Synchronization

/// Bounds how many databases of tests there are at a time.
///
/// Each is some ninety files of the server's, which ends when it has too many open; all tests together would make hundreds.
final class DatabaseSlots: Sendable {
    static let shared = DatabaseSlots(count: 24)

    /// Whether this test has a database already: a second one of its own does not wait, or tests could wait for one another.
    @TaskLocal static var isHeld = false

    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(count: Int) { state = Mutex(State(free: count)) }

    /// Runs `body` when there is room for one more.
    func with<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        if Self.isHeld { return try await body() }
        await take()
        defer { giveBack() }
        return try await Self.$isHeld.withValue(true) { try await body() }
    }

    private func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    private func giveBack() {
        let next = state.withLock { state in
            if state.waiting.isEmpty { state.free += 1 }
            return state.waiting.isEmpty ? CheckedContinuation<Void, Never>?.none : state.waiting.removeFirst()
        }
        next?.resume()
    }
}
