import CrawlDomain
import Foundation
import Indexing
import Reports
import Storage

/// Everything that the crawl page shows, as it was at one time; nothing of how it looks.
struct CrawlOverview: Sendable {
    /// A site.
    struct Site: Sendable {
        let report: SiteReport
        let figures: SiteFigures
        let alarms: [StoredAlarm]
        /// Items that were new or changed.
        let items: HourlyCounts
    }

    /// A schedule and when it fires.
    struct Planned: Sendable {
        let schedule: Schedule
        let isPaused: Bool
        /// The next starts.
        let next: [Date]
        let last: Fire?
    }

    /// What requests are answered from.
    struct Index: Sendable {
        let number: Int
        let change: Int
        let publishedAt: Date
    }

    let sites: [Site]
    /// Sites that were left out because there are so many.
    let moreSites: Int
    let schedules: [Planned]
    let index: Index?
    let consumers: [Consumer]
    let newestChange: Int
    let takenAt: Date
}

/// Gathers the overview; however many watch, the database is asked once a second at most, and for what is costly more rarely.
struct CrawlOverviews: Sendable {
    private static let mostSites = 40
    private static let mostAlarms = 20
    private static let mostSchedules = 50
    private static let endedRuns = 5

    private let database: AnimeDatabase
    private let whole: Remembered<Int, CrawlOverview>
    private let figures: Remembered<String, SiteFigures>

    init(
        database: AnimeDatabase, holder: IndexHolder, known: KnownSchedules?, sites: CrawlableSites
    ) {
        let figures = Remembered<String, SiteFigures>(atLeast: .seconds(5)) {
            try await SiteFigures.read($0, in: database, now: Date())
        }
        let items = Remembered<Int, [String: HourlyCounts]>(atLeast: .seconds(15)) {
            try await database.changes.hourly(hours: $0, now: Date())
        }
        (self.database, self.figures) = (database, figures)
        whole = Remembered(atLeast: .seconds(1), factor: 4) { _ in
            try await Self.read(
                sites.names, database, holder, known, figures, try await items.value(SiteFigures.hours))
        }
    }

    private static func read(
        _ names: [String], _ database: AnimeDatabase, _ holder: IndexHolder, _ known: KnownSchedules?,
        _ figures: Remembered<String, SiteFigures>, _ hourly: [String: HourlyCounts]
    ) async throws -> CrawlOverview {
        let now = Date()
        let held = try await database.drift.heldSites()
        let alarms = Dictionary(grouping: try await database.drift.alarms(site: nil, isOpen: true), by: \.site)
        var rows: [CrawlOverview.Site] = []
        for name in names.prefix(mostSites) {
            let slow = try await figures.value(name)
            let report = try await report(of: name, slow, database, ended: endedRuns, isHeld: held.contains(name))
            rows.append(
                .init(
                    report: report, figures: slow, alarms: Array((alarms[name] ?? []).prefix(mostAlarms)),
                    items: hourly[name] ?? HourlyCounts(hours: SiteFigures.hours, now: now)))
        }
        return CrawlOverview(
            sites: rows, moreSites: max(0, names.count - mostSites), schedules: try await planned(known, database, now),
            index: holder.index.map {
                .init(number: $0.version.number, change: $0.version.change, publishedAt: $0.version.publishedAt)
            },
            consumers: try await database.consumers.all(), newestChange: try await database.changes.newest(),
            takenAt: now)
    }

    /// What is so now, give or take a second.
    func newest() async throws -> CrawlOverview { try await whole.value(0) }

    /// How the crawls of a site stand: its runs as they are now, what is costly to count as it is remembered.
    func report(of site: String, ended: Int) async throws -> SiteReport {
        try await Self.report(
            of: site, try await figures.value(site), database, ended: ended,
            isHeld: try await database.drift.heldSites().contains(site))
    }

    private static func report(
        of site: String, _ figures: SiteFigures, _ database: AnimeDatabase, ended: Int, isHeld: Bool
    ) async throws -> SiteReport {
        SiteReport(
            of: site, instructions: try await database.control.instructions(site: site),
            running: try await database.runs.running(site: site),
            ended: ended == 0 ? [] : try await database.runs.ended(site: site, limit: ended),
            counts: figures.census.counts, backlog: figures.backlog, isHeld: isHeld)
    }

    /// Looks anew at the next request: something was done.
    func forget() async {
        await figures.forget()
        await whole.forget()
    }

    private static func planned(
        _ known: KnownSchedules?, _ database: AnimeDatabase, _ now: Date
    ) async throws -> [CrawlOverview.Planned] {
        guard let known else { return [] }
        let states = try await database.schedules.states()
        let seconds = Int64(now.timeIntervalSince1970)
        var rows: [CrawlOverview.Planned] = []
        for schedule in await known.reload().schedules.prefix(mostSchedules) {
            let state = states[schedule.name]
            let isPaused = state?.isPaused ?? false
            let considered = state.map { Int64($0.considered.timeIntervalSince1970) }
            // A year is far enough for what somebody looks at.
            let fires =
                schedule.isEnabled && !isPaused
                ? ScheduleFires(schedule).coming(
                    after: seconds, considered: considered, until: seconds + 366 * 86_400, limit: 20) : []
            let starts = fires.filter { $0.skip == nil }.prefix(3).map {
                Date(timeIntervalSince1970: Double($0.start))
            }
            rows.append(
                .init(
                    schedule: schedule, isPaused: isPaused, next: Array(starts),
                    last: try await database.fires.latest(of: schedule.name).first))
        }
        return rows.sorted { ($0.next.first ?? .distantFuture) < ($1.next.first ?? .distantFuture) }
    }
}
