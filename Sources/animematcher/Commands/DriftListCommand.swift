import ArgumentParser
import CrawlEngine
import Storage
import Terminal
import WebStandards

/// `animematcher drift list`.
struct DriftListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the alarms that are open.",
        discussion: """
              animematcher drift list
              animematcher drift list demo --all --json
            """)

    @Argument(help: "The site; all of them by default.") var site: String?
    @Flag(help: "Also alarms that were lifted or released.") var all = false
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await database.withDatabase { database, _ in
            if let site { try await ProjectFolder.check(site: site, in: database) }
            let alarms = try await database.drift.alarms(site: site, isOpen: !all)
            if json { return Console.print(.array(alarms.map(\.value))) }
            guard !alarms.isEmpty else { return Console.print("no field drifts") }
            for alarm in alarms { Console.print(alarm.line) }
            StoredAlarm.advice(on: alarms).forEach { Console.print($0) }
        }
    }
}
