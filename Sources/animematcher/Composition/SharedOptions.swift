import ArgumentParser
import CrawlEngine
import Foundation
import Logging
import MongoDriver
import Reports
import Storage
import Terminal

/// Options of every command that needs the configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The configuration file. Default: animematcher.yaml, where there is one.", valueName: "file")
    )
    var config: String?

    /// The configuration: the file's, with what the environment says over it.
    func load() throws -> Configuration {
        var configuration = Configuration()
        let environment = ProcessInfo.processInfo.environment
        if let file {
            try file.check()
            configuration = try Configuration(name: file.path, bytes: try InputFile(file.path).bytes(limit: 1 << 20))
        }
        configuration.mongodb = environment["MONGODB_URI"] ?? configuration.mongodb
        configuration.database = environment["ANIMEMATCHER_DATABASE"] ?? configuration.database
        return configuration
    }

    /// The file that is read; nil where none is named and there is none.
    var file: ConfigurationFile? {
        if let config { return ConfigurationFile(path: config, namedBy: "--config") }
        return ProjectHome.configurationFile.map { ConfigurationFile(path: $0, namedBy: "ANIMEMATCHER_CONFIG") }
    }
}

/// Options of every command that needs the database.
struct DatabaseOptions: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: ArgumentHelp("Where MongoDB is; wins over MONGODB_URI and the configuration.", valueName: "uri"))
    var mongodb: String?

    @Option(help: "The database's name; wins over ANIMEMATCHER_DATABASE and the configuration.")
    var database: String?

    /// Runs `body` with the database, brought up to date, and closes the connection afterwards.
    ///
    /// - Parameter isPrepared: False to take the database as it is.
    func withDatabase<Value>(
        isPrepared: Bool = true, _ body: (AnimeDatabase, Configuration) async throws -> Value
    ) async throws -> Value {
        var configuration = try configuration.load()
        configuration.mongodb = mongodb ?? configuration.mongodb
        configuration.database = database ?? configuration.database
        var options = MongoClientOptions()
        options.operationObserver =
            SlowQueries(
                log: Logger(label: "mongodb", factory: LogFormat.handler(label:)), bound: configuration.slow.query
            ).observer
        let client = try MongoClient(uri: configuration.mongodb, options: options)
        let database = AnimeDatabase(client: client, name: configuration.database)
        do {
            let migrated = isPrepared ? try await database.prepare(try ProjectFolder.schemas()) : []
            migrated.forEach { Console.note($0.done) }
            let value = try await body(database, configuration)
            await client.close()
            return value
        } catch let error as MongoError where error.code == .unreachable {
            await client.close()
            throw DatabaseUnreachable(hosts: client.hosts, reason: error.message)
        } catch {
            await client.close()
            throw error
        }
    }
}

extension Migrator.Pending {
    /// That it was carried out.
    var done: String { "migration \(number), \(name): \(documents) documents changed" }
}
