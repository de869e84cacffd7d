import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import WebStandards

/// `animematcher frontier retry`: tries given-up URLs again.
struct FrontierRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Make a site's given-up URLs due again, all or some.",
        discussion: """
              animematcher frontier retry demo
              animematcher frontier retry demo --reason http_403
              animematcher frontier retry demo http://127.0.0.1:8765/anime/7
            """)

    @Argument(help: "The site.") var site: String
    @Argument(help: "Only these URLs.") var urls: [String] = []
    @Option(help: "Only those whose reason begins so, as `frontier list` shows it.") var reason: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let entries = try NamedURLs(site: site).entries(urls)
        let count = try await database.withDatabase { database, _ in
            try await database.frontier.retry(site: site, fingerprints: entries.map(\.fingerprint), reason: reason)
        }
        DueURLs(count).print(json: json)
    }
}
