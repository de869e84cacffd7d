import ArgumentParser
import CrawlEngine
import Terminal

/// `animematcher spider`: checks spiders and tries selectors.
struct SpiderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spider",
        abstract: "Check spider files, and try selectors on a page.",
        discussion: """
              animematcher spider check myanimelist
              animematcher spider shell page.html
            """,
        subcommands: [Check.self, SpiderShellCommand.self])

    /// Reads spiders and says what is wrong with them.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read spiders and report every mistake with file, line and column.")

        @Argument(help: "The site; all sites when left out.")
        var site: String?

        func run() throws {
            let loader = try ProjectFolder.spiders()
            var mistakes = 0
            for site in site.map({ [$0] }) ?? loader.sites {
                do throws(SpiderError) {
                    let spider = try loader.load(site: site)
                    Console.print("\(site): ok, \(spider.pages.count) page kinds")
                } catch {
                    mistakes += error.mistakes.count
                    error.mistakes.forEach { Console.note("\($0)") }
                }
            }
            if mistakes > 0 { throw ExitCode.failure }
        }
    }
}
