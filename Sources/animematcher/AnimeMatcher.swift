import ArgumentParser

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
                    CrawlCommand.self, FrontierCommand.self, ReparseCommand.self, ImportCommand.self,
                ]),
            CommandGroup(
                name: "Recommend:",
                subcommands: [
                    IndexCommand.self, RecommendCommand.self, SimilarCommand.self, TopicsCommand.self,
                    CatalogCommand.self,
                    EvaluateCommand.self,
                ]),
            CommandGroup(
                name: "Try out:",
                subcommands: [
                    ExtractCommand.self, SpiderCommand.self, SelectCommand.self, RobotsCommand.self,
                    SitemapCommand.self, URLCommand.self,
                ]),
            CommandGroup(name: "Operate:", subcommands: [DoctorCommand.self, ServeCommand.self]),
        ])

    static let version = "0.1.0"
}
