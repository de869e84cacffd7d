import Synchronization

/// Lets one transaction of this process write changes at a time, in the order in which they ask.
///
/// All of them take numbers from one counter: of two at once the server refuses one, which then does all its work again, and of ten some find
/// no turn in twenty attempts. Other processes still compete, but they are few.
final class TransactionTurn: Sendable {
    private struct State {
        var isTaken = false
        /// Those that wait, the first to be served first: as many as there are hosts worked on at most.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Waits for the turn, which must be given back.
    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.isTaken { state.waiting.append(continuation) }
                defer { state.isTaken = true }
                return !state.isTaken
            }
            if isFree { continuation.resume() }
        }
    }

    /// Gives the turn to whoever waits longest.
    func giveBack() {
        let next = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return CheckedContinuation<Void, Never>?.none
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
