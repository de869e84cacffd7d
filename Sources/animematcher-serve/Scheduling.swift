import CrawlEngine
import Foundation
import Logging
import Service
import Storage

/// Puts the scheduler together.
struct Scheduling {
    let database: AnimeDatabase
    let uri: String
    let name: String
    let leaseSeconds: Int
    let log: Logger

    /// The scheduler; nil, with a word about it, where there is nothing it could read its definitions from.
    func service() async throws -> SchedulerService? {
        let home: URL
        do throws(ProjectHome.NotFound) { home = try ProjectHome.locate() } catch {
            log.warning("no schedule runs: \(error.description)")
            return nil
        }
        let schemas = home.appendingPathComponent("schemas")
        // The index that keeps two runs of one site apart must be there before the first of them.
        try await database.prepare(SchemaSet(folder: schemas))
        let spiders = SpiderLoader(
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
        let beside = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let program = FireProgram(
            program: beside.appendingPathComponent("animematcher"),
            environment: ["MONGODB_URI": uri, "ANIMEMATCHER_DATABASE": name], leaseSeconds: leaseSeconds)
        return SchedulerService(database: database, definitions: definitions, program: program, log: log)
    }
}
