import CrawlDomain
import CrawlEngine
import Reports
import Storage

/// What the metrics tell and takes time to find out.
struct CostlyCounts: Sendable {
    let sites: [SiteMeasures]
    /// Schedule → its fires by state.
    let fires: [String: [Fire.State: Int]]

    /// Counts all of it.
    init(_ database: AnimeDatabase, sites: [String], schedules: [Schedule]) async throws {
        var measures: [SiteMeasures] = []
        for site in sites {
            measures.append(
                SiteMeasures(
                    site: site, totals: try await database.runs.totals(site: site),
                    urls: try await database.frontier.counts(site: site)))
        }
        self.sites = measures
        var fires: [String: [Fire.State: Int]] = [:]
        for schedule in schedules { fires[schedule.name] = try await database.fires.counts(of: schedule.name) }
        self.fires = fires
    }
}

/// What is known of a site that takes time to find out.
struct SiteMeasures: Sendable {
    let site: String
    let totals: CrawlTotals
    let urls: [FrontierState: Int]
}
