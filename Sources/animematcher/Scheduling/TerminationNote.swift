import Dispatch
import Foundation
import Synchronization

/// Takes note of SIGTERM, also before and after the crawl listens to it.
final class TerminationNote: Sendable {
    // A dispatch source may be used from any thread; it is written once, here.
    private nonisolated(unsafe) let source: any DispatchSourceSignal
    private let flag: Flag

    init() {
        signal(SIGTERM, SIG_IGN)
        let flag = Flag()
        self.flag = flag
        source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
        source.setEventHandler { flag.raised.store(true, ordering: .relaxed) }
        source.resume()
    }

    /// Whether it came.
    var isRequested: Bool { flag.raised.load(ordering: .relaxed) }

    private final class Flag: Sendable {
        let raised = Atomic<Bool>(false)
    }
}
