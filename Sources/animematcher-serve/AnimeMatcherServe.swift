import ArgumentParser
import CrawlEngine
import Foundation
import Logging
import MongoDriver
import Service
import ServiceLifecycle
import Storage
import Terminal
import UnixSignals

/// The service: put together here, run as one group.
@main
struct AnimeMatcherServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "animematcher-serve",
        abstract: "Run the indexer, the scheduler, webhooks and the HTTP API until SIGTERM or SIGINT.",
        discussion: """
            Role index also compacts the change log once an hour; role webhooks tells those of the configuration of changes.

              animematcher serve --port 8080
              animematcher serve --roles schedule
            """)

    /// What one process can do.
    enum Role: String, CaseIterable, ExpressibleByArgument { case index, schedule, webhooks, http }

    @Option(help: "The port to listen on; 0 chooses a free one.") var port = 8080
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: ArgumentHelp("Roles, with commas: index, schedule, webhooks, http.", valueName: "roles"))
    var roles = "index,schedule,webhooks,http"
    @Option(help: ArgumentHelp("Write the port to this file once requests are taken.", valueName: "file")) var portFile:
        String?
    @Option(help: ArgumentHelp("Where MongoDB is; wins over MONGODB_URI.", valueName: "uri")) var mongodb: String?
    @Option(help: "The database's name; wins over ANIMEMATCHER_DATABASE.") var database: String?
    @Option(help: ArgumentHelp("How long the lease of a scheduled run lasts unless renewed.", valueName: "seconds"))
    var lease = 30

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port: expected a number from 0 to 65535") }
        guard (2...3_600).contains(lease) else { throw ValidationError("--lease: expected seconds from 2 to 3600") }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let uri = mongodb ?? environment["MONGODB_URI"] ?? "mongodb://127.0.0.1:27017/?replicaSet=rs0"
        let name = database ?? environment["ANIMEMATCHER_DATABASE"] ?? AnimeDatabase.defaultName
        let wanted = try roles.split(separator: ",").map { text in
            guard let role = Role(rawValue: String(text)) else {
                throw ValidationError(
                    "--roles: '\(text)' is none; expected \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return role
        }
        let log = Logger(label: "serve") { _ in LineLogHandler() }
        let client = try MongoClient(uri: uri)
        try await client.ping()
        let database = AnimeDatabase(client: client, name: name)
        let holder = IndexHolder()
        var address = ServiceAddress()
        (address.host, address.port) = (host, port)
        let file = portFile
        let application = try buildApplication(address: address, holder: holder, database: database, log: log) { port in
            log.info("listening", metadata: ["port": "\(port)"])
            guard let file else { return }
            do { try Data("\(port)\n".utf8).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
                log.error("\(file) cannot be written: \(error)")
            }
        }
        let scheduling = Scheduling(database: database, uri: uri, name: name, leaseSeconds: lease, log: log)
        let scheduler = wanted.contains(.schedule) ? try await scheduling.service() : nil
        let configuration = try Delivering.configuration()
        let webhooks = try Delivering(database: database, log: log).webhooks(configuration, version: "0.1.0")
        let services = wanted.flatMap { role -> [any ServiceLifecycle.Service] in
            switch role {
            case .index:
                [
                    IndexService(database: database, log: log),
                    CompactionService(database: database, retention: configuration.changeRetention, log: log),
                ]
            case .webhooks: [webhooks]
            case .schedule: scheduler.map { [$0] } ?? []
            case .http: [RefreshService(database: database, holder: holder, log: log), application]
            }
        }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: log
            ))
        try await group.run()
        await client.close()
    }
}
