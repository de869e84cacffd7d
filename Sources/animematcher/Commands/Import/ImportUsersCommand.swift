import ArgumentParser
import CrawlDomain
import CrawlEngine
import WebStandards

/// `animematcher import users`.
struct ImportUsersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "Import people's lists from JSON lines of our own export.",
        discussion: """
            Names stay as they stand in the export: hashed where they were stored so.

              animematcher import users users.jsonl.zst
            """)

    @OptionGroup var options: ImportOptions

    func run() async throws {
        let session = try ImportSession(options, kind: "users")
        let users = UserImport(pipeline: session.pipeline)
        try await session.run { sink, _, _ in
            try await session.records(of: .user, into: sink) { [try users.user($0)] }
            return [:]
        }
    }
}
