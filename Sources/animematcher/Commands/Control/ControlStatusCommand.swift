import ArgumentParser
import CrawlEngine
import Reports
import Storage

/// `animematcher control status`.
struct ControlStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show runs, hosts, delays, what is paused and what waits.",
        discussion: """
              animematcher control status demo
              animematcher control status demo --ended 20 --json

            A run that was not heard of for a minute is shown as lost: its process died, and the next crawl of \
            the site closes it.
            """)

    @Argument(help: "The site.") var site: String
    @Option(help: "How many ended runs to show.") var ended = 5
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard (0...10_000).contains(ended) else { throw ValidationError("--ended: expected a number from 0 to 10000") }
    }

    func run() async throws {
        try ProjectFolder.check(site: site)
        try await database.withDatabase { database, _ in
            try await SiteReport(of: site, in: database, ended: ended).print(json: json)
        }
    }
}
