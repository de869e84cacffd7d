public import ArgumentParser
import CrawlDomain
import CrawlEngine
import Foundation
import Storage
import WebStandards
import Terminal

/// `animematcher frontier`: the queue of a crawl.
struct FrontierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontier",
        abstract: "Look at the queue of URLs and change it.",
        discussion: """
              animematcher frontier status
              animematcher frontier list demo --state dead
              animematcher frontier add http://127.0.0.1:8765/anime/7
              animematcher frontier recrawl demo --page ranking
              animematcher frontier retry demo --reason blocked

            What is added or made due is taken up by a running crawl within seconds.
            """,
        subcommands: [
            Status.self, List.self, Add.self, FrontierRecrawlCommand.self, FrontierRetryCommand.self, Reset.self,
        ])

    /// Counts.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count URLs by state, and name the hosts that are left alone.",
            discussion: """
                due: to be asked for. leased: in a crawl's hands. done: visited, and due again by its revisit age. \
                retry: failed, and tried again later. dead: given up; see `frontier list` and `frontier retry`.

                  animematcher frontier status
                  animematcher frontier status demo --json
                """)
        @Argument(help: "The site; without it all whose queue holds anything, one after the other.") var site: String?
        @Flag(help: "Print JSON; of all sites an object with one member each.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let sites = try ProjectFolder.sites(site)
            try await database.withDatabase { database, _ in
                var all = JSONObject()
                for name in sites {
                    let counts = try await database.frontier.counts(site: name)
                    guard site != nil || !counts.isEmpty else { continue }
                    let rows = FrontierState.allCases.map { ($0.rawValue, counts[$0] ?? 0) }
                    let closed = try await database.frontier.closedHosts(site: name)
                    var object = JSONObject(rows.map { ($0, .int(Int64($1))) })
                    object["hosts"] = .array(closed.map(\.value))
                    all[name] = .object(object)
                    guard !json else { continue }
                    if site == nil { Console.print("\(name)") }
                    rows.forEach { Console.print("\(site == nil ? "  " : "")\($0): \($1)") }
                    closed.forEach { Console.print($0.line) }
                }
                if json {
                    Console.print(site.flatMap { all[$0] } ?? .object(all))
                } else if all.isEmpty {
                    Console.note("the queue is empty; see `animematcher crawl --help`")
                }
            }
        }
    }

    /// Lists URLs.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List URLs of one state.",
            discussion: """
                  animematcher frontier list
                  animematcher frontier list demo --state due --limit 20
                  animematcher frontier list demo --state dead --json
                """)
        @Argument(help: "The site; without it all.") var site: String?
        @Option(help: "due, leased, done, retry or dead.") var state: FrontierState = .dead
        @Option(help: "How many at most.") var limit = 100
        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var database: DatabaseOptions

        func validate() throws {
            guard (1...10_000_000).contains(limit) else { throw ValidationError("--limit: expected a number from 1") }
        }

        func run() async throws {
            let sites = try ProjectFolder.sites(site)
            try await database.withDatabase { database, _ in
                var urls: [FrontierRow] = []
                for site in sites where urls.count < limit {
                    urls += try await database.frontier.list(site: site, state: state, limit: limit - urls.count)
                }
                if urls.isEmpty, !json {
                    Console.note("no URL\(site.map { " of \($0)" } ?? "") is '\(state.rawValue)'")
                }
                if urls.count == limit { Console.note("there may be more than these \(limit); see --limit") }
                for url in urls {
                    if json {
                        Console.print(
                            JSONValue.object([
                                "url": .string(url.url), "page": .string(url.page),
                                "attempts": .int(Int64(url.attempts)),
                                "status": url.status.map { .int(Int64($0)) } ?? .null,
                                "visited": url.visited.map { .string($0.formatted(.iso8601)) } ?? .null,
                                "reason": url.reason.map(JSONValue.string) ?? .null,
                            ]))
                    } else {
                        Console.print("\(url.page)  \(Console.visible(url.url, limit: 2_000))\(Self.note(url))")
                    }
                }
            }
        }

        /// What came of asking, behind the URL: "(blocked; status 403, 1 attempt, 2026-01-02T03:04:05Z)".
        private static func note(_ url: FrontierRow) -> String {
            let attempts = url.attempts > 0 ? "\(url.attempts) \(url.attempts == 1 ? "attempt" : "attempts")" : nil
            let parts = [url.status.map { "status \($0)" }, attempts, url.visited?.formatted(.iso8601)].compactMap(
                \.self)
            let notes = [url.reason, parts.isEmpty ? nil : parts.joined(separator: ", ")].compactMap(\.self)
            return notes.isEmpty ? "" : "  (\(Console.visible(notes.joined(separator: "; "))))"
        }
    }

    /// Adds URLs.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make URLs due now; unknown ones are added.",
            discussion: """
                  animematcher frontier add http://127.0.0.1:8765/anime/7
                  animematcher frontier add demo http://127.0.0.1:8765/anime/7
                """)
        @Argument(
            help: ArgumentHelp(
                "URLs of one site; they come before all others. The site stands before them where several spiders read them.",
                valueName: "site> <url"))
        var words: [String]
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            var words = words
            let named = try NamedURLs(takingSiteFrom: &words)
            guard !words.isEmpty else { throw ValidationError("expected URLs behind the site") }
            let added = try named.entries(words)
            try await database.withDatabase { database, _ in
                try await database.frontier.recrawl(added, whole: false)
            }
            DueURLs(added.count).print(json: json)
        }
    }

    /// Makes everything due.
    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make all known URLs, of a site or of all, due now; nothing stored is lost.",
            discussion: """
                  animematcher frontier reset demo
                  animematcher frontier reset demo --whole

                --whole is for a spider that has learnt to find more: pages that have not changed are read again too.
                """)
        @Argument(help: "The site; without it all.") var site: String?
        @Flag(help: "Ask for whole pages, also for those that have not changed.") var whole = false
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let sites = try ProjectFolder.sites(site)
            let count = try await database.withDatabase { database, _ in
                var count = 0
                for site in sites {
                    count += try await database.frontier.makeDue(
                        site: site, states: [.done, .dead, .retry], whole: whole)
                }
                return count
            }
            DueURLs(count).print(json: json)
        }
    }
}

extension FrontierState: ExpressibleByArgument {}
