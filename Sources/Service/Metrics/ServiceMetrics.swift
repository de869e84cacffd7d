import CrawlDomain
import CrawlEngine
import Foundation
import Reports
import Storage

/// All that `/metrics` tells.
///
/// A scrape asks the database for single documents; what costs more (counting the frontier, summing runs) is asked in the background, so rarely
/// that it takes 2 % of the time at most, and its age is a metric of its own.
final class ServiceMetrics: Sendable {
    private let sources: ServiceSources
    private let requests: RequestMetrics
    private let connections: OpenConnections
    private let sites: PacedReading<[SiteMeasures]>

    init(_ sources: ServiceSources, requests: RequestMetrics, connections: OpenConnections) {
        self.sources = sources
        self.requests = requests
        self.connections = connections
        sites = PacedReading { [database = sources.database, sites = sources.sites] in
            var measures: [SiteMeasures] = []
            for site in sites() {
                measures.append(
                    SiteMeasures(
                        site: site, totals: try await database.runs.totals(site: site),
                        urls: try await database.frontier.counts(site: site)))
            }
            return measures
        }
    }

    /// The text that Prometheus reads.
    func text() async throws -> String {
        let state = StateMetrics(
            database: sources.database, holder: sources.holder, health: sources.health, sites: sources.sites)
        let measured = try await sites.reading()
        var families = requests.families + (try await state.families())
        families += CrawlMetrics(sites: measured.value).families
        families += try await schedules()
        families += [
            .init(
                "animematcher_site_counts_age_seconds", "Age of what is counted by site: URLs and totals of crawls.",
                .gauge, [.init(value: measured.at.duration(to: .now) / .seconds(1))]),
            .init(
                "animematcher_site_counts_duration_seconds", "How long counting by site took.", .gauge,
                [.init(value: measured.cost / .seconds(1))]),
            .init(
                "animematcher_http_connections", "Open connections of HTTP clients.", .gauge,
                [.init(value: Double(connections.count))]),
            .init(
                "animematcher_mongodb_slow_queries_total", "Operations on MongoDB that took longer than 'slow: query'.",
                .counter, [.init(value: Double(sources.queries.log.total))]),
        ]
        return (families + ProcessMetrics.families).map(\.text).joined()
    }

    /// Fires of the schedules that are known here; what the operator wrote down, so there are few.
    private func schedules() async throws -> [MetricFamily] {
        guard let known = sources.known else { return [] }
        let (schedules, _) = await known.reload()
        let states = try await sources.database.schedules.states()
        var fires: [MetricFamily.Sample] = []
        var next: [MetricFamily.Sample] = []
        for schedule in schedules {
            let counts = try await sources.database.fires.counts(of: schedule.name)
            for state in Fire.State.allCases {
                fires.append(
                    .init(
                        labels: [("schedule", schedule.name), ("state", state.rawValue)],
                        value: Double(counts[state] ?? 0)))
            }
            guard let state = states[schedule.name], !state.isPaused, let time = state.next else { continue }
            next.append(.init(labels: [("schedule", schedule.name)], value: time.timeIntervalSince1970))
        }
        return [
            .init("animematcher_fires", "Fires of the last 90 days, by schedule and state.", .gauge, fires),
            .init("animematcher_schedule_next_timestamp_seconds", "When a schedule fires next.", .gauge, next),
        ]
    }
}

/// What is known of a site that takes time to find out.
struct SiteMeasures: Sendable {
    let site: String
    let totals: CrawlTotals
    let urls: [FrontierState: Int]
}
