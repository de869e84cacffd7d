import Dispatch
import Foundation
import Synchronization
import Terminal

/// Calls back on the first SIGINT or SIGTERM; the second one ends the program at once, and so does time.
final class StopSignals: Sendable {
    private static let received = Atomic<Bool>(false)
    /// How long the program may take to end: a call to a MongoDB that is out of reach cannot be taken back, and may take a minute to fail.
    /// What is not stored by then is as after any other death.
    private static let patience: DispatchTimeInterval = .seconds(8)

    /// What a program says that was asked to stop.
    struct Words: Sendable {
        /// At the first signal.
        let stopping: String
        /// When it did not end in time: what that means.
        let ended: String

        /// What only reads, or goes on next time where it was.
        static let plain = Words(stopping: "stopping", ended: "ended as it was")
        /// What fetches pages.
        static let crawl = Words(
            stopping: "stopping; what was fetched is being stored", ended: "what is not stored will be asked for again")
    }

    /// Whether this program was asked to stop. Two listeners to one signal do not both hear it, so whoever needs to know asks here.
    static var haveCome: Bool { received.load(ordering: .relaxed) }

    // Dispatch sources may be used from any thread; the list is written once, here.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// - Parameter words: What is said to whoever sent the signal.
    init(_ words: Words = .plain, _ stop: @escaping @Sendable () -> Void) {
        let received = ReceivedSignals()
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Self.received.store(true, ordering: .relaxed)
                switch received.place() {
                case .first: break
                case .echo: return
                case .second: _exit(128 + number)
                }
                Console.note("\(words.stopping) (once more ends at once)")
                // Also for what comes after the work that is stopped.
                DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
                    Console.note("it takes too long, as when MongoDB does not answer; \(words.ended)")
                    _exit(128 + number)
                }
                stop()
            }
            source.resume()
            return source
        }
    }

    /// Stops listening.
    func cancel() {
        sources.forEach { $0.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}

/// Which signal it is that comes.
private final class ReceivedSignals: Sendable {
    enum Place { case first, echo, second }

    /// `timeout`, and others that stop programs, tell the process and in the same moment its group: that is one word and not two.
    private static let moment: Duration = .milliseconds(200)
    private let first = Mutex<ContinuousClock.Instant?>(nil)

    func place() -> Place {
        first.withLock { first in
            let now = ContinuousClock.now
            guard let start = first else {
                first = now
                return .first
            }
            return start.duration(to: now) < Self.moment ? .echo : .second
        }
    }
}
