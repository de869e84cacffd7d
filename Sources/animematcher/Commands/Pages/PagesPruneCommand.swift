import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Storage
import Terminal
import WebStandards

/// `animematcher pages prune`.
struct PagesPruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Delete pages that are not to be kept, and keep equal bodies once.",
        discussion: """
            What is not to be kept, the configuration says (`pages: {keep: 90d, most: 200000}` under the site); the options say it for \
            this once. The oldest go first. What was read from a page stays.

              animematcher pages prune
              animematcher pages prune myanimelist --keep 30d
            """)

    @Argument(help: "The site; all that pages are kept of by default.") var site: String?

    @Option(help: ArgumentHelp("Delete what was asked for longer ago, such as 90d.", valueName: "time"))
    var keep: String?

    @Option(help: ArgumentHelp("Keep so many pages of a site at most.", valueName: "number"))
    var most: Int?

    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if let most, most < 0 { throw ValidationError("--most \(most): expected a number of pages") }
        if let keep, Duration(spiderText: keep) == nil {
            throw ValidationError("--keep \(Console.visible(keep)): expected a time with its unit, such as 12h or 90d")
        }
    }

    func run() async throws {
        try await database.withDatabase { database, configuration in
            if let site { try await ProjectFolder.check(site: site, in: database) }
            let sites = if let site { [site] } else { try await database.pages.sites() }
            for site in sites {
                var retention = configuration.sites[site]?.pages ?? .init()
                if let keep = keep.flatMap(Duration.init(spiderText:)) { retention.keep = keep }
                if let most { retention.most = most }
                let sweep = try await database.pages.sweep(site: site, retention, now: Date())
                if json {
                    Console.print(sweep.value(site: site))
                } else {
                    Console.print(
                        "\(Console.visible(site)): \(sweep.deleted) pages deleted, \(sweep.folded) share a body now, "
                            + "\(sweep.bodiesDeleted) bodies deleted")
                }
            }
        }
    }
}

extension PageSweep {
    fileprivate func value(site: String) -> JSONValue {
        .object([
            "site": .string(site), "deleted": .int(Int64(deleted)), "folded": .int(Int64(folded)),
            "bodies_deleted": .int(Int64(bodiesDeleted)),
        ])
    }
}
