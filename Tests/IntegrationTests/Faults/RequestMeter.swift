import DemoSite
import Synchronization
import TestSupport

/// Counts what a site is asked, and lets somebody wait for the nth request.
final class RequestMeter: Sendable {
    private struct State {
        var count = 0
        var waiting: [(number: Int, continuation: CheckedContinuation<Void, Never>)] = []

        mutating func takeDue(all: Bool = false) -> [CheckedContinuation<Void, Never>] {
            let due = waiting.filter { all || $0.number <= count }.map(\.continuation)
            waiting.removeAll { all || $0.number <= count }
            return due
        }
    }

    private let state = Mutex(State())

    init(_ site: DemoSiteServer) {
        site.onRequest { [weak self] _, _ in self?.note() }
    }

    var count: Int { state.withLock { $0.count } }

    /// Waits for so many requests more, or the end of the program, whichever comes first.
    func wait(for more: Int, of program: RunningProgram) async {
        let number = count + more
        let watch = Task {
            _ = await program.exit()
            resume(state.withLock { $0.takeDue(all: true) })
        }
        await withCheckedContinuation { continuation in
            resume(
                state.withLock { state in
                    state.waiting.append((number, continuation))
                    return state.takeDue(all: !program.isRunning)
                })
        }
        watch.cancel()
    }

    private func note() {
        resume(
            state.withLock { state in
                state.count += 1
                return state.takeDue()
            })
    }

    private func resume(_ continuations: [CheckedContinuation<Void, Never>]) {
        for continuation in continuations { continuation.resume() }
    }
}
