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
              animematcher frontier status demo
              animematcher frontier list demo --state dead
              animematcher frontier add demo http://127.0.0.1:8765/anime/7
              animematcher frontier recrawl demo --page ranking
              animematcher frontier retry demo --reason http_403

            What is added or made due is taken up by a running crawl within seconds.
            """,
        subcommands: [
            Status.self, List.self, Add.self, FrontierRecrawlCommand.self, FrontierRetryCommand.self, Reset.self,
        ])

    /// Counts.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count a site's URLs by state, and name the hosts that are left alone.",
            discussion: """
                due: to be asked for. leased: in a crawl's hands. done: visited, and due again by its revisit age. \
                retry: failed, and tried again later. dead: given up; see `frontier list` and `frontier retry`.

                  animematcher frontier status demo
                  animematcher frontier status demo --json
                """)
        @Argument(help: "The site.") var site: String
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try ProjectFolder.check(site: site)
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
        static let configuration = CommandConfiguration(
            abstract: "List a site's URLs of one state.",
            discussion: """
                  animematcher frontier list demo
                  animematcher frontier list demo --state due --limit 20
                  animematcher frontier list demo --state dead --json
                """)
        @Argument(help: "The site.") var site: String
        @Option(help: "due, leased, done, retry or dead.") var state: FrontierState = .dead
        @Option(help: "How many at most.") var limit = 100
        @Flag(help: "One JSON object a line.") var json = false
        @OptionGroup var database: DatabaseOptions

        func validate() throws {
            guard (1...10_000_000).contains(limit) else { throw ValidationError("--limit: expected a number from 1") }
        }

        func run() async throws {
            try ProjectFolder.check(site: site)
            try await database.withDatabase { database, _ in
                let urls = try await database.frontier.list(site: site, state: state, limit: limit)
                if urls.isEmpty, !json { Console.note("no URL of \(site) is '\(state.rawValue)'") }
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

        /// What came of asking, behind the URL: "(http_403; status 403, 1 attempt, 2026-01-02T03:04:05Z)".
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
            discussion: "  animematcher frontier add demo http://127.0.0.1:8765/anime/7")
        @Argument(help: "The site.") var site: String
        @Argument(help: "URLs of the site; they come before all others.") var urls: [String]
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let added = try NamedURLs(site: site).entries(urls)
            try await database.withDatabase { database, _ in
                try await database.frontier.recrawl(added, whole: false)
            }
            DueURLs(added.count).print(json: json)
        }
    }

    /// Makes everything due.
    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make all known URLs of a site due now; nothing stored is lost.",
            discussion: """
                  animematcher frontier reset demo
                  animematcher frontier reset demo --whole

                --whole is for a spider that has learnt to find more: pages that have not changed are read again too.
                """)
        @Argument(help: "The site.") var site: String
        @Flag(help: "Ask for whole pages, also for those that have not changed.") var whole = false
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try ProjectFolder.check(site: site)
            let count = try await database.withDatabase { database, _ in
                try await database.frontier.makeDue(site: site, states: [.done, .dead, .retry], whole: whole)
            }
            DueURLs(count).print(json: json)
        }
    }
}

extension FrontierState: ExpressibleByArgument {}
