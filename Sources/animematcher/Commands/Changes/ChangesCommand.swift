import ArgumentParser
import CrawlDomain
import CrawlEngine
import Storage
import Terminal
import WebStandards

/// `animematcher changes`: the numbered record of what changed, and who follows it.
struct ChangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Show the change log and who follows it; verify and compact it.",
        discussion: """
            Every insert, update and deletion of a document has a number: 1, 2, 3 …, without holes. docs/change-log.md says how to \
            follow it from outside.

              animematcher changes status
              animematcher changes list --after 1200 --follow --json
              animematcher changes list --key myanimelist:5114
              animematcher changes compact --dry-run
              animematcher changes consumers
              animematcher changes consumers forget recommender
            """,
        subcommands: [
            Status.self, ChangesListCommand.self, Verify.self, ChangesCompactCommand.self, ChangesConsumersCommand.self,
        ])

    /// What there is.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how many changes there are, what was compacted, and who lags behind.",
            discussion: "  animematcher changes status --json")
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, configuration in
                let history = try await database.changes.history()
                let stored = try await database.changes.stored()
                let consumers = try await ConsumerLine.all(database)
                if json {
                    return Console.print(
                        .object([
                            "newest": .int(Int64(history.newest)), "compacted_to": .int(Int64(history.compactedTo)),
                            "stored": .int(Int64(stored)), "consumers": .array(consumers.map(\.value)),
                        ]))
                }
                Console.print("\(history.newest) changes, \(stored) of them stored")
                Console.print(
                    history.compactedTo == 0
                        ? "nothing was compacted: every number is there"
                        : "compacted to \(history.compactedTo): every number after it is there, before it the newest of each document"
                )
                consumers.forEach { Console.print("\($0.consumer.name): \($0.text)") }
            }
        }
    }

    /// Whether it is whole.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count that every number is there that compaction has not recorded as removed.")
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let missing = try await database.withDatabase { database, _ in try await database.changes.missing() }
            if json { Console.print(.object(["missing": .int(Int64(missing))])) }
            guard missing == 0 else {
                Console.error("\(missing) changes are missing; consumers must compare with the collections anew")
                throw ExitCode.failure
            }
            if !json { Console.print("every number is there") }
        }
    }
}
