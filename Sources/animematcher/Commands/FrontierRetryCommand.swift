import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import WebStandards

/// `animematcher frontier retry`: tries given-up URLs again.
struct FrontierRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Make given-up URLs due again, and those that wait for their next try: all or some.",
        discussion: """
              animematcher frontier retry
              animematcher frontier retry demo --reason blocked
              animematcher frontier retry http://127.0.0.1:8765/anime/7
            """)

    @Argument(
        help: ArgumentHelp(
            "The site, without it all; only these URLs, with or without their site before them.",
            valueName: "site> <url"))
    var words: [String] = []
    @Option(help: "Only those whose reason begins so, as `frontier list` shows it.") var reason: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard reason?.isEmpty != true else {
            throw ValidationError("--reason: expected the beginning of a reason, found no text")
        }
    }

    func run() async throws {
        var words = words
        let named = try words.isEmpty ? nil : NamedURLs(takingSiteFrom: &words)
        let entries = try named?.entries(words) ?? []
        let sites = try ProjectFolder.sites(named?.site)
        let count = try await database.withDatabase { database, _ in
            var count = 0
            for site in sites {
                count += try await database.frontier.retry(
                    site: site, fingerprints: entries.map(\.fingerprint), reason: reason)
            }
            return count
        }
        DueURLs(count).print(json: json)
    }
}
