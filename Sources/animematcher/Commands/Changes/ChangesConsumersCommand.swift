import ArgumentParser
import Storage
import Terminal
import WebStandards

/// `animematcher changes consumers`.
struct ChangesConsumersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consumers", abstract: "Show who follows the change log, and forget one.",
        discussion: """
              animematcher changes consumers --json
              animematcher changes consumers forget recommender
            """,
        subcommands: [List.self, Forget.self], defaultSubcommand: List.self)

    /// Lists them.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all who follow, with how far they have come.")
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                let lines = try await ConsumerLine.all(database)
                if json { return Console.print(.array(lines.map(\.value))) }
                if lines.isEmpty { Console.print("nobody follows the change log") }
                lines.forEach { Console.print("\($0.consumer.name): \($0.text)") }
            }
        }
    }

    /// Forgets one.
    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget a consumer: compaction waits for it no longer, and if it comes again it begins at 0.")
        @Argument(help: "Its name, as `changes consumers` shows it.") var name: String
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await database.withDatabase { database, _ in
                guard name != "index" else {
                    throw Failure("the index's position is part of its versions; it cannot be forgotten")
                }
                guard try await database.consumers.forget(name) else {
                    throw Failure("no consumer '\(Console.visible(name))'; see: animematcher changes consumers")
                }
                Console.print("forgotten: \(name)")
            }
        }
    }
}
