import ArgumentParser
import Storage

/// `animematcher control resume`.
struct ControlResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Take a pause back.",
        discussion: """
              animematcher control resume demo
              animematcher control resume demo --host 127.0.0.1:8765
            """)

    @OptionGroup var subject: ControlSubject
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try subject.checkSite()
        try await database.withDatabase { database, _ in
            guard try await database.control.setPaused(subject.subject, false) else { throw subject.unknownHost }
        }
        ControlAnswer(subject, "resumed").print(json: json)
    }
}
