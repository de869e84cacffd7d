public import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import WebStandards
import Terminal

/// `animematcher frontier`: the queue of a crawl.
struct FrontierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontier",
        abstract: "Look at the queue of URLs and change it.",
        discussion: """
              animematcher frontier status demo
              animematcher frontier list demo --state dead
              animematcher frontier add demo http://127.0.0.1:8765/anime/7
              animematcher frontier retry demo
            """,
        subcommands: [Status.self, List.self, Add.self, Retry.self, Reset.self])

    /// Counts.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count a site's URLs by state, and name the hosts that are left alone.")
        @Argument(help: "The site.") var site: String
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                let counts = try await database.frontier.counts(site: site)
                let rows = FrontierState.allCases.map { ($0.rawValue, counts[$0] ?? 0) }
                let closed = try await database.frontier.closedHosts(site: site)
                if json {
                    var object = JSONObject(rows.map { ($0, .int(Int64($1))) })
                    object["hosts"] = .array(closed.map(\.value))
                    return Console.print(JSONValue.object(object))
                }
                rows.forEach { Console.print("\($0): \($1)") }
                closed.forEach { Console.print($0.line) }
            }
        }
    }

    /// Lists URLs.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a site's URLs of one state.")
        @Argument(help: "The site.") var site: String
        @Option(help: "due, leased, done, retry or dead.") var state: FrontierState = .dead
        @Option(help: "How many at most.") var limit = 100
        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                for url in try await database.frontier.list(site: site, state: state, limit: max(1, limit)) {
                    let reason = url.reason.map { "  (\($0))" } ?? ""
                    if json {
                        Console.print(
                            JSONValue.object([
                                "url": .string(url.url), "page": .string(url.page),
                                "attempts": .int(Int64(url.attempts)),
                                "reason": url.reason.map(JSONValue.string) ?? .null,
                            ]))
                    } else {
                        Console.print("\(url.page)  \(Console.visible(url.url, limit: 2_000))\(reason)")
                    }
                }
            }
        }
    }

    /// Adds URLs.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make URLs due now; unknown ones are added.")
        @Argument(help: "The site.") var site: String
        @Argument(help: "URLs of the site.") var urls: [String]
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let spider = try ProjectFolder.spiders().load(site: site)
            let added = try urls.map { text in
                guard let url = WebURL(text), let page = spider.page(for: url),
                    let entry = spider.frontierURL(
                        DiscoveredLink(url: url, page: page, priority: 100), depth: 0, via: nil)
                else { throw ValidationError("\(Console.visible(text)): not a page that the spider '\(site)' reads") }
                return entry
            }
            try await database.withDatabase { database, _ in try await database.frontier.makeDue(added) }
            Console.print("\(added.count) URLs are due")
        }
    }

    /// Tries given-up URLs again.
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a site's given-up URLs due again.")
        @Argument(help: "The site.") var site: String
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let count = try await database.withDatabase { database, _ in
                try await database.frontier.makeDue(site: site, states: [.dead, .retry])
            }
            Console.print("\(count) URLs are due")
        }
    }

    /// Makes everything due.
    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make all known URLs of a site due now; nothing stored is lost.",
            discussion: """
                  animematcher frontier reset demo
                  animematcher frontier reset demo --whole     after a change of the spider that is to find new links
                """)
        @Argument(help: "The site.") var site: String
        @Flag(help: "Ask for whole pages, also for those that have not changed.") var whole = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let count = try await database.withDatabase { database, _ in
                try await database.frontier.makeDue(site: site, states: [.done, .dead, .retry], whole: whole)
            }
            Console.print("\(count) URLs are due")
        }
    }
}

extension FrontierState: ExpressibleByArgument {}
