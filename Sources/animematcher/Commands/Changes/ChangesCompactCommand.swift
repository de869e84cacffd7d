import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import Terminal
import WebStandards

/// `animematcher changes compact`.
struct ChangesCompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Remove changes that newer ones of the same document have made needless.",
        discussion: """
            What is older than `changes: {keep: 30d}` of the configuration goes, but for the newest change of each document, and but for \
            what a consumer has not taken in; one that has not for `wait_for_consumers: 90d` is not waited for. The service and \
            each crawl do the same, a bounded number at a time.

              animematcher changes compact --dry-run
              animematcher changes compact --keep 7d
            """)

    @Option(help: ArgumentHelp("Instead of the configuration's.", valueName: "time")) var keep: String?
    @Flag(help: "Only say what would be removed.") var dryRun = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if let keep, Duration(spiderText: keep) == nil {
            throw ValidationError("--keep: expected a time with its unit, such as 12h or 30d")
        }
    }

    func run() async throws {
        try await database.withDatabase { database, configuration in
            var retention = configuration.changeRetention
            if let keep { retention.keep = Duration(spiderText: keep) }
            let done = try await database.changes.compactor(retention).run(isDryRun: dryRun)
            let history = try await database.changes.history()
            if json {
                return Console.print(
                    .object([
                        "removed": .int(Int64(done.removed)), "dry_run": .bool(dryRun),
                        "compacted_to": .int(Int64(history.compactedTo)),
                        "waits_for": done.waitsFor.map(JSONValue.string) ?? .null,
                        "history_lost": .array(done.overtaken.map(JSONValue.string)),
                    ]))
            }
            Console.print("\(done.removed) changes \(dryRun ? "would be removed" : "removed")")
            if let name = done.waitsFor {
                Console.print(
                    "more is old enough, and '\(name)' has not taken it in; see: animematcher changes consumers")
            }
            for name in done.overtaken {
                Console.print("'\(name)' has not come for so long that it missed changes which are gone")
            }
        }
    }
}
