import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import WebStandards

/// `animematcher frontier recrawl`: asks for known pages again before their time.
struct FrontierRecrawlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recrawl",
        abstract: "Ask for known pages again now: single ones, or all of a page kind.",
        discussion: """
              animematcher frontier recrawl demo http://127.0.0.1:8765/anime/7
              animematcher frontier recrawl demo --page ranking
              animematcher frontier recrawl demo --page anime --whole

            Single URLs come before all others. A page is asked "only if it has changed" unless --whole is \
            given; then as if nothing were stored.
            """)

    @Argument(help: "The site.") var site: String
    @Argument(help: "URLs of the site.") var urls: [String] = []
    @Option(help: "All known pages of this kind, as the spider names it.") var page: String?
    @Flag(help: "Ask for whole pages, also for those that have not changed.") var whole = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        guard urls.isEmpty == (page != nil) else { throw ValidationError("give either URLs or --page") }
    }

    func run() async throws {
        let named = try NamedURLs(site: site)
        let entries = try named.entries(urls)
        let page = try self.page.map(named.page)
        let count = try await database.withDatabase { database, _ in
            if let page { return try await database.frontier.recrawl(site: site, page: page, whole: whole) }
            try await database.frontier.recrawl(entries, whole: whole)
            return entries.count
        }
        DueURLs(count).print(json: json)
    }
}
