import Synchronization

/// What this process published of the index, and how long each version took.
public final class IndexMetrics: Sendable {
    private let published = Mutex((durations: LatencyHistogram(), changes: 0))

    /// Nothing yet.
    public init() {}

    /// Takes note of a version.
    ///
    /// - Parameter seconds: From the moment at which its changes were taken up until it was published.
    func record(changes: Int, seconds: Double) {
        published.withLock { published in
            published.durations.add(seconds)
            published.changes += changes
        }
    }

    var families: [MetricFamily] {
        let (durations, changes) = published.withLock { $0 }
        return [
            MetricFamily(
                "animematcher_index_update_duration_seconds",
                "Time from taking up changes to publishing the index version with them, by this process.", .histogram,
                durations.samples([])),
            MetricFamily(
                "animematcher_index_changes_total", "Changes in the index versions that this process published.",
                .counter, [.init(value: Double(changes))]),
        ]
    }
}
