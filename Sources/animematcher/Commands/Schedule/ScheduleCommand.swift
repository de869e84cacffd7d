import ArgumentParser

/// `animematcher schedule`: crawls that run by themselves.
struct ScheduleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Look at schedules, run one now, pause and resume them.",
        discussion: """
            Schedules stand in the configuration or in a spider; `animematcher serve` runs them. See docs/operating.md.

              animematcher schedule list
              animematcher schedule next --days 3
              animematcher schedule run nightly
              animematcher schedule pause nightly
            """,
        subcommands: [
            ScheduleListCommand.self, ScheduleNextCommand.self, ScheduleRunCommand.self, Pause.self, Resume.self,
        ])

    /// Pauses.
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start no run of a schedule until it is resumed; what runs goes on.",
            discussion: "  animematcher schedule pause nightly")
        @Argument(help: "The schedule.") var name: String
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await SchedulePausing(name: name, database: database, json: json).set(true)
        }
    }

    /// Resumes.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a paused schedule go on from now; what it missed is not made up for.",
            discussion: "  animematcher schedule resume nightly")
        @Argument(help: "The schedule.") var name: String
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await SchedulePausing(name: name, database: database, json: json).set(false)
        }
    }
}
