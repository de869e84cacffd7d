import ArgumentParser
import CrawlEngine
import Terminal
import WebStandards

/// `animematcher spider`: checks spiders and tries selectors.
struct SpiderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spider",
        abstract: "Check spider files, and try selectors on a page.",
        discussion: """
              animematcher spider check myanimelist
              animematcher spider shell page.html
              animematcher spider table --spider myanimelist pages/
            """,
        subcommands: [Check.self, SpiderShellCommand.self, SpiderTableCommand.self])

    /// Reads spiders and says what is wrong with them.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read spiders and report every mistake with file, line and column.",
            discussion: """
                A selector that has no compiled form works, but takes far longer: those are named with the reason.

                  animematcher spider check
                  animematcher spider check myanimelist --json
                """)

        @Argument(help: "The site; all sites when left out.")
        var site: String?

        @Flag(help: "What was found as JSON, one object a site.")
        var json = false

        func run() throws {
            let loader = try ProjectFolder.spiders()
            var mistakes = 0
            for site in site.map({ [$0] }) ?? loader.sites {
                do throws(SpiderError) {
                    let spider = try loader.load(site: site, isCheck: true)
                    report(spider)
                } catch {
                    mistakes += error.mistakes.count
                    error.mistakes.forEach { Console.note("\($0)") }
                }
            }
            if mistakes > 0 { throw ExitCode.failure }
        }

        private func report(_ spider: Spider) {
            let slow = spider.slowSelectors
            guard !json else {
                let selectors = slow.map {
                    JSONValue.object(["selector": .string($0.selector), "reason": .string($0.reason)])
                }
                return Console.print(
                    JSONValue.object([
                        "site": .string(spider.site), "pages": .int(Int64(spider.pages.count)),
                        "selectors": .int(Int64(spider.selectorCount)), "slow_selectors": .array(selectors),
                    ]))
            }
            let selectors = "\(spider.selectorCount) selectors, \(slow.count) of them slow"
            Console.print("\(spider.site): ok, \(spider.pages.count) page kinds, \(selectors)")
            for slow in slow {
                Console.print("  slow: \(slow.selector) has \(slow.reason), which only libxml2 answers")
            }
        }
    }
}
