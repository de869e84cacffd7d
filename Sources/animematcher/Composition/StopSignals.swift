import Dispatch
import Foundation
import Synchronization
import Terminal

/// Calls back on the first SIGINT or SIGTERM; the second one ends the program at once.
final class StopSignals: Sendable {
    private static let received = Atomic<Bool>(false)

    /// Whether this program was asked to stop. Two listeners to one signal do not both hear it, so whoever needs to know asks here.
    static var haveCome: Bool { received.load(ordering: .relaxed) }

    // Dispatch sources may be used from any thread; the list is written once, here.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    init(_ stop: @escaping @Sendable () -> Void) {
        let received = ReceivedSignals()
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Self.received.store(true, ordering: .relaxed)
                guard received.isFirst() else { _exit(128 + number) }
                Console.note("stopping; what was fetched is being stored (once more ends at once)")
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

/// How many signals came.
private final class ReceivedSignals: Sendable {
    private let count = Atomic<Int>(0)

    func isFirst() -> Bool { count.add(1, ordering: .relaxed).newValue == 1 }
}
