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
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard !exitCode(for: error).isSuccess else { exit(withError: error) }
            let text = fullMessage(for: error)
            if !text.isEmpty { Console.failure(text) }
            Foundation.exit(exitCode(for: error).rawValue)
        }
    }
}
