import CrawlDomain
import Indexing
import Storage

/// How the crawl, the index and the parts of this process stand at the moment.
struct StateMetrics: Sendable {
    let database: AnimeDatabase
    let holder: IndexHolder
    let health: RoleHealth
    let sites: @Sendable () -> [String]

    /// Asks the database; a few small queries a site.
    func families() async throws -> [MetricFamily] {
        let newest = try await database.changes.newest()
        let held = try await database.drift.heldSites()
        var runs: [MetricFamily.Sample] = []
        var pages: [MetricFamily.Sample] = []
        var queue: [MetricFamily.Sample] = []
        var holds: [MetricFamily.Sample] = []
        for site in sites() {
            let running = try await database.runs.running(site: site)
            runs.append(.init(labels: [("site", site)], value: Double(running.count)))
            pages.append(
                .init(labels: [("site", site)], value: Double(running.reduce(0) { $0 + $1.run.counters.pages })))
            for (state, count) in try await database.frontier.counts(site: site).sorted(by: {
                $0.key.rawValue < $1.key.rawValue
            }) {
                queue.append(.init(labels: [("site", site), ("state", state.rawValue)], value: Double(count)))
            }
            holds.append(.init(labels: [("site", site)], value: held.contains(site) ? 1 : 0))
        }
        let version = holder.index?.version
        let consumers = try await database.consumers.all().map {
            MetricFamily.Sample(labels: [("consumer", $0.name)], value: Double(max(0, newest - $0.change)))
        }
        return [
            .init(
                name: "animematcher_changes_newest", help: "Number of the newest change.", kind: .gauge,
                samples: [.init(value: Double(newest))]),
            .init(
                name: "animematcher_consumer_lag_changes", help: "Changes that a consumer has not taken in yet.",
                kind: .gauge, samples: consumers),
            .init(
                name: "animematcher_index_version", help: "Number of the loaded index version; 0 without one.",
                kind: .gauge, samples: [.init(value: Double(version?.number ?? 0))]),
            .init(
                name: "animematcher_index_lag_changes", help: "Changes that the loaded index version does not know.",
                kind: .gauge, samples: [.init(value: Double(max(0, newest - (version?.change ?? 0))))]),
            .init(name: "animematcher_runs_running", help: "Crawls under way, by site.", kind: .gauge, samples: runs),
            .init(
                name: "animematcher_run_pages", help: "Pages answered in the crawls under way, by site.", kind: .gauge,
                samples: pages),
            .init(
                name: "animematcher_frontier_urls", help: "URLs known, by site and state.", kind: .gauge, samples: queue
            ),
            .init(
                name: "animematcher_site_held", help: "1 while a site's publication is held because fields drift.",
                kind: .gauge, samples: holds),
        ] + parts
    }

    private var parts: [MetricFamily] {
        let states = health.states.sorted { $0.key < $1.key }
        return [
            .init(
                name: "animematcher_part_up",
                help: "1 while a part of the service runs, 0 while it waits to be started again.",
                kind: .gauge,
                samples: states.map { .init(labels: [("part", $0.key)], value: $0.value.isRunning ? 1 : 0) }),
            .init(
                name: "animematcher_part_leading",
                help: "1 while this instance does what only one may do, 0 while it stands by.", kind: .gauge,
                samples: states.compactMap { name, state in
                    state.isLeading.map { .init(labels: [("part", name)], value: $0 ? 1 : 0) }
                }),
            .init(
                name: "animematcher_part_restarts_total", help: "How often a part was started again after a failure.",
                kind: .counter,
                samples: states.map { .init(labels: [("part", $0.key)], value: Double($0.value.restarts)) }),
        ]
    }
}
