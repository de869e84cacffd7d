import ArgumentParser
import Fetching
import Foundation
import Reports
import Terminal

/// The program's entry point: names the commands, nothing else.
@main
struct AnimeMatcher: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "animematcher",
        abstract: "Crawls anime sites politely, keeps what it finds in MongoDB, and recommends from it.",
        discussion: """
            A first run, on the bundled demo site:
              Scripts/demo

            Step by step:
              animematcher doctor
              animematcher crawl demo --start http://127.0.0.1:8765/topanime.php?limit=0
              animematcher index build
              animematcher recommend --like "Some Title" --why
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Crawl:",
                subcommands: [
                    CrawlCommand.self, ScheduleCommand.self, FrontierCommand.self, ReparseCommand.self,
                    ImportCommand.self, ExportCommand.self,
                ]),
            CommandGroup(
                name: "Recommend:",
                subcommands: [
                    IndexCommand.self, RecommendCommand.self, SimilarCommand.self, TopicsCommand.self,
                    MapCommand.self,
                    CatalogCommand.self,
                    EvaluateCommand.self,
                ]),
            CommandGroup(
                name: "Try out:",
                subcommands: [
                    ExtractCommand.self, SpiderCommand.self, SelectCommand.self, RobotsCommand.self,
                    SitemapCommand.self, URLCommand.self,
                ]),
            CommandGroup(
                name: "Operate:",
                subcommands: [
                    ControlCommand.self, PagesCommand.self, DriftCommand.self, QuarantineCommand.self,
                    ForgetCommand.self, ChangesCommand.self, WebhookCommand.self, SchemaCommand.self,
                    MigrateCommand.self, BackupCommand.self, RestoreCommand.self, DoctorCommand.self, ServeCommand.self,
                ]),
        ])

    static let version = ProgramVersion.text

    /// Runs a command; what went wrong may quote a page or a server, so it is shown like everything else from outside.
    static func main() async {
        DescriptorLimit.raise()
        var running: [any ParsableCommand.Type]?
        do {
            var command = try parseAsRoot()
            // None for what is the library's own, as --help is.
            running = path(to: type(of: command), from: self)
            // `animematcher-serve` has options of its own that decide, and looks itself.
            if running != nil, !(command is ServeCommand), let mistake = LogFormat.mistake {
                throw ValidationError(mistake)
            }
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard !exitCode(for: error).isSuccess else { exit(withError: error) }
            let text = message(for: error, of: running)
            if !text.isEmpty { Console.failure(text) }
            Foundation.exit(exitCode(for: error).rawValue)
        }
    }

    /// What went wrong; of a wrong command line that a command noticed only when it ran, with that command's usage, as where parsing
    /// notices it.
    private static func message(for error: any Error, of running: [any ParsableCommand.Type]?) -> String {
        guard let mistake = error as? ValidationError, let running, let command = running.last else {
            return fullMessage(for: error)
        }
        let name = running.map { $0._commandName }.joined(separator: " ")
        return """
            \(_errorPrefix)\(mistake.message)
            Usage: \(usageString(for: command))
              See '\(name) --help' for more information.
            """
    }

    /// The commands that lead to one, the command itself last.
    private static func path(
        to wanted: any ParsableCommand.Type, from command: any ParsableCommand.Type
    ) -> [any ParsableCommand.Type]? {
        if command == wanted { return [command] }
        for subcommand in command.configuration.subcommands {
            if let path = path(to: wanted, from: subcommand) { return [command] + path }
        }
        return nil
    }
}
