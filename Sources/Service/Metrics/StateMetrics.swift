import CrawlDomain
import Foundation
import Indexing
import Storage

/// How the running crawls, the change log, the index and the parts of this process stand at the moment.
struct StateMetrics: Sendable {
    let database: AnimeDatabase
    let holder: IndexHolder
    let health: RoleHealth
    let sites: CrawlableSites

    /// Asks the database; a few small queries a site and a consumer.
    func families() async throws -> [MetricFamily] {
        try await crawls() + changes() + index() + documents()
    }

    /// What is known without the database.
    var own: [MetricFamily] { loaded + parts }

    private func crawls() async throws -> [MetricFamily] {
        let held = try await database.drift.heldSites()
        var runs: [MetricFamily.Sample] = []
        var pages: [MetricFamily.Sample] = []
        var efficiency: [MetricFamily.Sample] = []
        var holds: [MetricFamily.Sample] = []
        var closed: [MetricFamily.Sample] = []
        for site in sites.names {
            let running = try await database.runs.running(site: site).filter { $0.age < Self.lostAfter }
            let labels = [("site", site)] as [(name: String, value: String)]
            runs.append(.init(labels: labels, value: Double(running.count)))
            pages.append(.init(labels: labels, value: Double(running.reduce(0) { $0 + $1.run.counters.pages })))
            if let reached = running.compactMap({ $0.run.efficiency?.reached }).min() {
                efficiency.append(.init(labels: labels, value: reached))
            }
            holds.append(.init(labels: labels, value: held.contains(site) ? 1 : 0))
            closed.append(
                .init(labels: labels, value: Double(try await database.frontier.closedHosts(site: site).count)))
        }
        return [
            .init("animematcher_runs_running", "Crawls under way, by site.", .gauge, runs),
            .init("animematcher_run_pages", "Pages answered in the crawls under way, by site.", .gauge, pages),
            .init(
                "animematcher_run_efficiency",
                "Share of the fastest polite pace that the slowest crawl under way keeps.",
                .gauge, efficiency),
            .init(
                "animematcher_site_held", "1 while a site's publication is held because fields drift.", .gauge, holds),
            .init("animematcher_hosts_closed", "Hosts of a site that are left alone.", .gauge, closed),
        ]
    }

    /// A run that was not heard of for so long is lost.
    private static let lostAfter: Duration = .seconds(60)

    private func changes() async throws -> [MetricFamily] {
        // Before the newest change: who has taken in more than the log had a moment ago lags behind by nothing.
        let consumers = try await database.consumers.all()
        let newest = try await database.changes.newest()
        var lags: [MetricFamily.Sample] = []
        var ages: [MetricFamily.Sample] = []
        for consumer in consumers {
            let labels = [("consumer", consumer.name)] as [(name: String, value: String)]
            lags.append(.init(labels: labels, value: Double(max(0, newest - consumer.change))))
            ages.append(.init(labels: labels, value: try await age(ofFirstAfter: consumer.change, newest: newest)))
        }
        let hooks = consumers.compactMap { consumer in consumer.delivery.map { (consumer.name, $0) } }
        return [
            .init(
                "animematcher_changes_newest", "Number of the newest change.", .gauge, [.init(value: Double(newest))]),
            .init("animematcher_consumer_lag_changes", "Changes that a consumer has not taken in yet.", .gauge, lags),
            .init(
                "animematcher_consumer_lag_seconds", "Age of the first change that a consumer has not taken in yet.",
                .gauge, ages),
            .init(
                "animematcher_webhook_failures", "Deliveries of a webhook that failed in a row.", .gauge,
                hooks.map { .init(labels: [("consumer", $0.0)], value: Double($0.1.failures)) }),
            .init(
                "animematcher_webhook_parked_changes",
                "Changes that a webhook's receiver refused, and those behind them.",
                .gauge, hooks.map { .init(labels: [("consumer", $0.0)], value: Double($0.1.parked.count)) }),
            .init(
                "animematcher_webhook_stopped", "1 while a webhook is stopped until somebody resumes it.", .gauge,
                hooks.map { .init(labels: [("consumer", $0.0)], value: $0.1.stopped == nil ? 0 : 1) }),
        ]
    }

    private func age(ofFirstAfter number: Int, newest: Int) async throws -> Double {
        guard number < newest, let time = try await database.changes.time(ofFirstAfter: number) else { return 0 }
        return max(0, -time.timeIntervalSinceNow)
    }

    private func index() async throws -> [MetricFamily] {
        let newest = try await database.changes.newest()
        let change = holder.index?.version.change ?? 0
        return [
            .init(
                "animematcher_index_lag_changes", "Changes that the loaded index version does not know.", .gauge,
                [.init(value: Double(max(0, newest - change)))]),
            .init(
                "animematcher_index_lag_seconds",
                "Age of the first change that the loaded index version does not know.",
                .gauge, [.init(value: try await age(ofFirstAfter: change, newest: newest))]),
        ]
    }

    private var loaded: [MetricFamily] {
        let version = holder.index?.version
        var families: [MetricFamily] = [
            .init(
                "animematcher_index_version", "Number of the loaded index version; 0 without one.", .gauge,
                [.init(value: Double(version?.number ?? 0))])
        ]
        if let version {
            families.append(
                .init(
                    "animematcher_index_published_timestamp_seconds", "When the loaded index version was published.",
                    .gauge, [.init(value: version.publishedAt.timeIntervalSince1970)]))
        }
        return families
    }

    /// How much there is, from the server's own counts.
    private func documents() async throws -> [MetricFamily] {
        let counts = try await database.catalogue.counts()
        let all: [(String, Int)] = [
            ("entries", counts.entries), ("anime", counts.anime), ("users", try await database.users.count()),
            ("changes", try await database.changes.stored()),
        ]
        return [
            .init(
                "animematcher_documents", "Documents stored, by collection.", .gauge,
                all.map { .init(labels: [("collection", $0.0)], value: Double($0.1)) })
        ]
    }

    private var parts: [MetricFamily] {
        let states = health.states.sorted { $0.key < $1.key }
        return [
            .init(
                "animematcher_part_up", "1 while a part of the service runs, 0 while it waits to be started again.",
                .gauge, states.map { .init(labels: [("part", $0.key)], value: $0.value.isRunning ? 1 : 0) }),
            .init(
                "animematcher_part_leading", "1 while this instance does what only one may do, 0 while it stands by.",
                .gauge,
                states.compactMap { name, state in
                    state.isLeading.map { .init(labels: [("part", name)], value: $0 ? 1 : 0) }
                }),
            .init(
                "animematcher_part_restarts_total", "How often a part was started again after a failure.", .counter,
                states.map { .init(labels: [("part", $0.key)], value: Double($0.value.restarts)) }),
        ]
    }
}
