import ArgumentParser
import CrawlDomain
import Foundation
import Indexing
import Storage
import Terminal

/// `animematcher drift release`.
struct DriftReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Say that what is read is as it should be: ends alarms, and learns anew what is usual.",
        discussion: """
            Without --field or --page, all open alarms of the site. When none that holds is left, what was held back is \
            combined into anime, and published by the next update of the index.

              animematcher drift release demo
              animematcher drift release demo --page anime --field background
            """)

    @Argument(help: "The site.") var site: String
    @Option(help: "Only alarms of this field.") var field: String?
    @Option(help: "Only alarms of this kind of page.") var page: String?
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try ProjectFolder.check(site: site)
        try await database.withDatabase { database, _ in
            let open = try await database.drift.alarms(site: site, isOpen: true).filter {
                (field == nil || $0.alarm.field == field) && (page == nil || $0.alarm.key.page == page)
            }
            guard !open.isEmpty else {
                throw Failure("no such alarm of '\(site)' is open; see: animematcher drift list")
            }
            try await database.drift.release(open, at: Date())
            try await CatalogueFollower(database: database).catchUp()
            for alarm in open { Console.print("released: \(alarm.line)") }
            let isHeld = try await database.drift.heldSites().contains(site)
            Console.print(isHeld ? "publication of \(site) is still held" : "publication of \(site) goes on")
        }
    }
}
