import ArgumentParser
import Storage
import Terminal
import WebStandards

/// `animematcher migrate`: brings a database of an older program up to date.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring a database that an older version has written up to date.",
        discussion: """
            Every command does so before anything else; this one does nothing else, and says beforehand what it would do. \
            It may be interrupted: the next command goes on from there. A database that a newer version has written is \
            refused and not touched.

              animematcher migrate --dry-run
              animematcher migrate --json
            """)

    @Flag(help: "Only say what would be done.")
    var dryRun = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withDatabase(isPrepared: false) { database, _ in
            let migrator = database.migrator
            let pending = try await migrator.pending()
            let migrated = dryRun ? [] : try await database.prepare(try ProjectFolder.schemas())
            let changed = migrated.reduce(0) { $0 + $1.documents }
            let version = try await migrator.version()
            if json {
                Console.print(
                    .object([
                        "version": .int(Int64(version)), "known": .int(Int64(migrator.known)),
                        "pending": .array(dryRun ? pending.map(\.json) : []),
                        "done": .array(dryRun ? [] : pending.map(\.json)), "changed": .int(Int64(changed)),
                    ]))
                return
            }
            for migration in pending {
                let verb = dryRun ? "would change" : "had to change"
                Console.print("\(migration.number)  \(migration.name): \(verb) \(migration.documents) documents")
            }
            if dryRun {
                Console.print("the database is of version \(version), this program's are of \(migrator.known)")
            } else {
                Console.print("the database is of version \(version); \(changed) documents were changed")
            }
        }
    }
}

extension Migrator.Pending {
    fileprivate var json: JSONValue {
        .object(["number": .int(Int64(number)), "name": .string(name), "documents": .int(Int64(documents))])
    }
}
