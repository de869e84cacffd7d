import ArgumentParser
import Storage

/// `animematcher control pause`.
struct ControlPauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Ask a site, or one host, nothing until it is resumed.",
        discussion: """
              animematcher control pause demo --reason "the site is being moved"
              animematcher control pause demo --host 127.0.0.1:8765

            The request under way is ended, its answer is stored. Running crawls wait; crawls that begin meanwhile end at once.
            """)

    @OptionGroup var subject: ControlSubject
    @Option(help: "Why; shown by status and by crawls, 300 letters at most.") var reason: String?
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        if let reason, reason.count > 300 { throw ValidationError("--reason: expected at most 300 letters") }
    }

    func run() async throws {
        try subject.checkSite()
        try await database.withDatabase { database, _ in
            guard try await database.control.setPaused(subject.subject, true, reason: reason) else {
                throw subject.unknownHost
            }
        }
        ControlAnswer(subject, "paused").print(json: json)
    }
}
