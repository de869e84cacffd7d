import ArgumentParser
import Indexing
import Storage
import WebStandards
import Terminal

/// `animematcher index`: builds, updates and checks the recommendation index.
struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Build, update, verify the recommendation index, and say how fresh it is.",
        discussion: """
              animematcher index build      from the collections alone
              animematcher index update     folds in what changed since
              animematcher index verify     rebuilds in memory and compares
              animematcher index status --json
            """,
        subcommands: [Build.self, Update.self, Verify.self, Status.self])

    /// Builds from scratch.
    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Build the index from the collections and publish it.")
        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await database.withDatabase { database, _ in
                let clock = ContinuousClock.now
                let version = try await Indexer(database: database).build()
                IndexReport(version: version, newestChange: version.change, elapsed: clock.duration(to: .now)).print(
                    json: json)
            }
        }
    }

    /// Folds in changes.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Fold in what changed since the newest version.")
        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Go on: wait for changes and fold them in, until Ctrl-C.") var follow = false
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await database.withDatabase { database, _ in
                let indexer = Indexer(database: database)
                let json = json
                let report: @Sendable (IndexVersion, Int, Duration) -> Void = { version, changes, elapsed in
                    IndexReport(version: version, newestChange: version.change, elapsed: elapsed, changes: changes)
                        .print(json: json)
                }
                guard follow else {
                    let clock = ContinuousClock.now
                    let (version, changes) = try await indexer.update()
                    return report(version, changes, clock.duration(to: .now))
                }
                let work = Task { try await indexer.follow(onUpdate: report) }
                let signals = StopSignals { work.cancel() }
                defer { signals.cancel() }
                try await work.value
            }
        }
    }

    /// Compares with a rebuild.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Publish what is new, or a first index; then rebuild in memory and compare with what is published.")
        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let verification = try await database.withDatabase { database, _ in
                try await Indexer(database: database).verify()
            }
            let different = verification.different
            if json { Console.print(verification.json) }
            guard different.isEmpty else {
                Console.error(
                    "differs from a rebuild in: \(different.joined(separator: ", ")); run: animematcher index build")
                throw ExitCode.failure
            }
            if !json { verification.lines.forEach { Console.print($0) } }
        }
    }

    /// Says how fresh it is.
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the newest version and how many changes it lags behind.")
        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            try await database.withDatabase { database, _ in
                guard let version = try await database.index.newest() else {
                    throw Failure("there is no index yet; run: animematcher index build")
                }
                IndexReport(version: version, newestChange: try await database.changes.newest()).print(json: json)
            }
        }
    }
}
