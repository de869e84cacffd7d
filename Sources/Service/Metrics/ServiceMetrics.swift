import CrawlDomain
import CrawlEngine
import Foundation
import Logging
import Reports
import Storage

/// All that `/metrics` tells.
///
/// A scrape asks the database for single documents; what costs more (counting the frontier, summing runs, counting fires) is asked in the background,
/// so rarely that it takes 2 % of the time at most, and its age is a metric of its own. What this process knows by itself is told also while the
/// database does not answer: that is when it is looked at.
final class ServiceMetrics: Sendable {
    /// Prometheus waits ten seconds for an answer unless it is told otherwise.
    private static let patience: Duration = .seconds(5)

    private let sources: ServiceSources
    private let requests: RequestMetrics
    private let connections: OpenConnections
    private let counts: PacedReading<CostlyCounts>
    private let log: Logger

    init(_ sources: ServiceSources, requests: RequestMetrics, connections: OpenConnections, log: Logger) {
        self.log = log
        self.sources = sources
        self.requests = requests
        self.connections = connections
        counts = PacedReading { [database = sources.database, sites = sources.sites, known = sources.known] in
            try await CostlyCounts(database, sites: sites.names, schedules: known?.reload().schedules ?? [])
        }
    }

    /// The text that Prometheus reads.
    func text() async -> String {
        let state = StateMetrics(
            database: sources.database, holder: sources.holder, health: sources.health, sites: sources.sites)
        let stored = await within(Self.patience) { try await self.stored(state) }
        let isUp = MetricFamily(
            "animematcher_mongodb_up", "1 when MongoDB answered what this scrape asked, 0 when it did not.", .gauge,
            [.init(value: stored == nil ? 0 : 1)])
        let known = requests.families + sources.indexing.families + state.own + own
        let families = known + [isUp] + (stored ?? []) + ProcessMetrics.families
        return families.map(\.text).joined()
    }

    /// What `body` finds out; nil where it fails or takes too long.
    private func within(
        _ limit: Duration, _ body: @escaping @Sendable () async throws -> [MetricFamily]
    ) async -> [MetricFamily]? {
        let (answers, answer) = AsyncStream<[MetricFamily]?>.makeStream()
        // Not children: an operation that does not heed its cancellation would be waited for.
        let asking = Task { [log] in
            do { answer.yield(try await body()) } catch {
                // Whoever has an answer already has ended this.
                if !Task.isCancelled { log.warning("metrics without what the database knows: \(error)") }
                answer.yield(nil)
            }
        }
        let waiting = Task {
            try? await Task.sleep(for: limit)
            answer.yield(nil)
        }
        defer {
            asking.cancel()
            waiting.cancel()
        }
        for await families in answers { return families }
        return nil
    }

    /// What this process knows of its connections and queries.
    private var own: [MetricFamily] {
        [
            .init(
                "animematcher_http_connections", "Open connections of HTTP clients.", .gauge,
                [.init(value: Double(connections.count))]),
            .init(
                "animematcher_mongodb_slow_queries_total", "Operations on MongoDB that took longer than 'slow: query'.",
                .counter, [.init(value: Double(sources.queries.log.total))]),
        ]
    }

    /// What the database knows.
    private func stored(_ state: StateMetrics) async throws -> [MetricFamily] {
        let measured = try await counts.reading()
        return try await state.families() + CrawlMetrics(sites: measured.value.sites).families
            + schedules(measured.value.fires) + [
                .init(
                    "animematcher_site_counts_age_seconds",
                    "Age of what is counted: URLs and totals of crawls by site, fires by schedule.",
                    .gauge, [.init(value: measured.at.duration(to: .now) / .seconds(1))]),
                .init(
                    "animematcher_site_counts_duration_seconds", "How long that counting took.", .gauge,
                    [.init(value: measured.cost / .seconds(1))]),
            ]
    }

    /// Fires of the schedules that are known here; what the operator wrote down, so there are few.
    private func schedules(_ counts: [String: [Fire.State: Int]]) async throws -> [MetricFamily] {
        guard sources.known != nil else { return [] }
        let states = try await sources.database.schedules.states()
        var fires: [MetricFamily.Sample] = []
        var next: [MetricFamily.Sample] = []
        for (schedule, counts) in counts.sorted(by: { $0.key < $1.key }) {
            for state in Fire.State.allCases {
                fires.append(
                    .init(
                        labels: [("schedule", schedule), ("state", state.rawValue)],
                        value: Double(counts[state] ?? 0)))
            }
            guard let state = states[schedule], !state.isPaused, let time = state.next else { continue }
            next.append(.init(labels: [("schedule", schedule)], value: time.timeIntervalSince1970))
        }
        return [
            .init("animematcher_fires", "Fires of the last 90 days, by schedule and state.", .gauge, fires),
            .init("animematcher_schedule_next_timestamp_seconds", "When a schedule fires next.", .gauge, next),
        ]
    }
}
