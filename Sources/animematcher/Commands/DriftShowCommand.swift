import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Storage
import Terminal
import WebStandards

/// `animematcher drift show`.
struct DriftShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a site's open alarms with sample pages, and how its fields were filled by day.",
        discussion: """
              animematcher drift show demo
              animematcher drift show demo --page anime --json
            """)

    @Argument(help: "The site.") var site: String
    @Option(help: "Only this kind of page, with all its fields.") var page: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try ProjectFolder.check(site: site)
        try await database.withDatabase { database, _ in
            let alarms = try await database.drift.alarms(site: site, isOpen: true).filter {
                page == nil || $0.alarm.key.page == page
            }
            let days = try await database.drift.history(
                site: site, since: StatisticsDay.first(at: .now), pages: page.map { [$0] })
            if let page, alarms.isEmpty, days.isEmpty { try check(page) }
            DriftReport(
                site: site, alarms: alarms, isHeld: try await database.drift.heldSites().contains(site), days: days,
                showsAllFields: page != nil
            ).print(json: json)
        }
    }

    /// Refuses a kind of page of which nothing is stored and that the spider does not read.
    private func check(_ page: String) throws {
        let known = try ProjectFolder.spiders().load(site: site).pages.map(\.name)
        guard !known.contains(page) else { return }
        throw Failure(
            "the spider '\(site)' reads no pages of the kind '\(Console.visible(page))'; it knows \(known.joined(separator: ", "))"
        )
    }
}
