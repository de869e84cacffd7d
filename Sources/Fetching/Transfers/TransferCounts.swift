import Synchronization

/// Counted by the fetcher's thread and by callers, read by anybody.
final class TransferCounts: Sendable {
    private let state = Mutex(FetchStatistics())

    var statistics: FetchStatistics { state.withLock { $0 } }

    func change(_ body: (inout FetchStatistics) -> Void) {
        state.withLock { body(&$0) }
    }
}
