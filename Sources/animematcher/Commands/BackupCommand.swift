import ArgumentParser
import Exports
import Storage
import Terminal
import WebStandards

/// `animematcher backup`: everything, as it was at one moment.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write everything in the database into a folder, as it is at one moment; crawls may go on.",
        discussion: """
            The folder has a .bson file for each collection of ours, which mongorestore reads too; nobody else may read it. \
            `animematcher restore` puts it back.

              animematcher backup /var/backups/anime-2026-01-31
            """)

    @Argument(help: "A folder that is new or empty.") var folder: String
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        // As it is: who backs up before an update does not want the update.
        try await database.withDatabase(isPrepared: false) { database, _ in
            let content = try await BackupFolder(folder).write(database)
            if !content.leftOut.isEmpty {
                Console.note("left out, none of ours: \(content.leftOut.joined(separator: ", "))")
            }
            content.print(json: json, "written to \(folder)")
        }
    }
}

/// `animematcher restore`: puts a backup back.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup back into an empty database.",
        discussion: """
            End `serve` and all crawls first. What was crawled since the backup is asked for again when it is due; people who \
            were forgotten since must be forgotten again. Nothing is dropped before the backup was found whole; a restore that was \
            cut off is done again with --replace, and no command takes the database until then.

              animematcher restore /var/backups/anime-2026-01-31
              animematcher restore /var/backups/anime-2026-01-31 --replace
            """)

    @Argument(help: "The folder of a backup.") var folder: String
    @Flag(help: "Drop what the database holds now.") var replace = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withDatabase(isPrepared: false) { database, _ in
            let content = try await BackupFolder(folder).restore(
                to: database, replacing: replace, schemas: try ProjectFolder.schemas())
            content.print(json: json, "put back")
        }
    }
}

extension BackupFolder.Content {
    fileprivate func print(json: Bool, _ done: String) {
        guard json else {
            let count = documents.values.reduce(0, +)
            return Console.print(
                "\(done): \(count) documents of \(documents.count) collections, \(bytes >> 10) KiB, up to change \(change)"
            )
        }
        Console.print(
            .object([
                "collections": .int(Int64(documents.count)),
                "documents": .int(Int64(documents.values.reduce(0, +))), "bytes": .int(Int64(bytes)),
                "change": .int(Int64(change)), "database_version": .int(Int64(version)),
            ]))
    }
}
