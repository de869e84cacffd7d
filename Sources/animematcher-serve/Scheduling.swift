import CrawlEngine
import Foundation
import Logging
import Service
import Storage

/// Puts together what the roles need that know sites: `schedule`, `crawl`, `http`.
struct Scheduling {
    let database: AnimeDatabase
    let program: FireProgram
    let known: KnownSchedules
    let spiders: SpiderLoader

    /// - Throws: `ProjectHome.NotFound` where there is nothing that definitions could be read from.
    init(database: AnimeDatabase, program: CommandLineProgram, leaseSeconds: Int, log: Logger) async throws {
        let home = try ProjectHome.locate()
        let schemas = home.appendingPathComponent("schemas")
        // The index that keeps two runs of one site apart must be there before the first of them.
        try await database.prepare(SchemaSet(folder: schemas))
        spiders = SpiderLoader(
            directory: home.appendingPathComponent("Spiders").path, schemas: try ItemSchemas(directory: schemas.path))
        let sources = ScheduleSources(configurationFile: ProjectHome.configurationFile, spiders: spiders)
        let definitions = ScheduleDefinitions {
            sources.fingerprint
        } load: {
            let content = sources.load()
            return .init(
                schedules: content.schedules, problems: content.problems,
                isConfigurationBroken: content.isConfigurationBroken, brokenSites: content.brokenSites)
        }
        self.database = database
        known = KnownSchedules(definitions, log: log)
        self.program = FireProgram(program, leaseSeconds: leaseSeconds)
    }
}
