import CrawlDomain
import Foundation
import Storage

/// What is costly to count of a site: looked at every few seconds however many people watch, less often where there are millions of URLs.
struct SiteFigures: Sendable {
    let census: FrontierCensus
    let backlog: [HostBacklog]
    let errors: ErrorKinds
    /// Whole pages fetched.
    let pages: HourlyCounts
    /// Items with values that are not believed.
    let quarantined: Int
    let takenAt: Date

    /// Hosts that are shown of a site.
    static let mostHosts = 40
    static let hours = 24

    /// Counts.
    static func read(_ site: String, in database: AnimeDatabase, now: Date) async throws -> SiteFigures {
        let census = try await database.frontier.census(site: site)
        let rows = { (state: FrontierState) in
            // An index tells that there are none, but only by looking at each host.
            guard census.counts[state] ?? 0 > 0 else { return [FrontierRow]() }
            return try await database.frontier.list(site: site, state: state, limit: ErrorKinds.mostRows)
        }
        return SiteFigures(
            census: census, backlog: try await database.control.backlog(of: census, most: mostHosts),
            errors: ErrorKinds(retrying: try await rows(.retry), dead: try await rows(.dead)),
            pages: try await database.pages.hourly(site: site, hours: hours, now: now),
            quarantined: try await database.quarantine.count(site: site), takenAt: now)
    }
}
