import Synchronization

/// What was asked of this process, by route, method and status; never by what a client made up.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let route: String
        let method: String
        let status: String
    }

    /// Others are counted as "OTHER": a method is whatever a client writes.
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "DELETE"]

    private let requests = Mutex<[Key: LatencyHistogram]>([:])

    /// Takes note of an answer.
    ///
    /// - Parameter route: As it was declared, with its parameters in braces; nil where there is none.
    func record(route: String?, method: String, status: Int, seconds: Double) {
        let key = Key(
            route: route ?? "none", method: Self.methods.contains(method) ? method : "OTHER",
            status: "\(status / 100)xx")
        requests.withLock { $0[key, default: LatencyHistogram()].add(seconds) }
    }

    var families: [MetricFamily] {
        let all = requests.withLock { $0 }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        return [
            MetricFamily(
                "animematcher_http_request_duration_seconds",
                "Time from a request to its answer, by route, method and class of status.", .histogram,
                all.flatMap { key, histogram in
                    histogram.samples([("route", key.route), ("method", key.method), ("status", key.status)])
                })
        ]
    }
}
