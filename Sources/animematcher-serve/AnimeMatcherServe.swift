public import ArgumentParser
import CrawlEngine
import Fetching
import Foundation
public import Logging
import MongoDriver
import Reports
import Service
import ServiceLifecycle
import Storage
public import Terminal
import UnixSignals

/// The service: put together here, run as one group.
@main
struct AnimeMatcherServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "animematcher-serve",
        abstract: "Run crawls, the scheduler, the indexer, webhooks and the HTTP API until SIGTERM or SIGINT.",
        discussion: """
            Roles: crawl runs the crawls that are due, schedule says which are due, index keeps the index and compacts the change log,
            webhooks tells those of the configuration of changes, http answers requests. Several processes, on several machines, share the work.
            A part that fails is started again alone. SIGHUP, or a change of its file, reads the configuration again.

              animematcher serve --port 8080
              animematcher serve --roles crawl,schedule
            """)

    @Option(help: "The port to listen on; 0 chooses a free one.") var port = 8080
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: ArgumentHelp("Roles, with commas: crawl, schedule, index, webhooks, http.", valueName: "roles"))
    var roles = ServiceRole.allCases.map(\.rawValue).joined(separator: ",")
    @Option(help: ArgumentHelp("Write the port to this file once requests are taken.", valueName: "file")) var portFile:
        String?
    @Option(
        help: ArgumentHelp(
            "The configuration file; wins over ANIMEMATCHER_CONFIG. Default: animematcher.yaml, where there is one.",
            valueName: "file"))
    var config: String?
    @Option(help: ArgumentHelp("Where MongoDB is; wins over MONGODB_URI.", valueName: "uri")) var mongodb: String?
    @Option(help: "The database's name; wins over ANIMEMATCHER_DATABASE.") var database: String?
    @Option(help: ArgumentHelp("How long the lease of a scheduled run lasts unless renewed.", valueName: "seconds"))
    var lease = 30

    @Option(help: ArgumentHelp("text or json; wins over \(LogFormat.variable).", valueName: "format"))
    var logFormat: LogFormat?
    @Option(help: ArgumentHelp("trace, debug, info, notice, warning, error or critical.", valueName: "level"))
    var logLevel: Logger.Level = .info
    /// So that tests of clients that keep us waiting do not wait half a minute.
    @Option(help: .hidden) var idleSeconds = 30

    @Flag(help: "Ask the service that listens on --port of this machine whether it answers, and end: 0 for yes.")
    var probe = false
    @Flag(help: "Print a new token, and the line of the configuration that lets its holder steer; then end.")
    var newToken = false

    /// Runs it; what goes wrong may quote a server or a file, so it is shown like everything else from outside.
    static func main() async {
        do {
            let command = try parse()
            try await command.run()
        } catch {
            guard !exitCode(for: error).isSuccess else { exit(withError: error) }
            let text = fullMessage(for: error)
            if !text.isEmpty { Console.failure(text) }
            Foundation.exit(exitCode(for: error).rawValue)
        }
    }

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port: expected a number from 0 to 65535") }
        guard (1...3_600).contains(idleSeconds) else { throw ValidationError("--idle-seconds: expected 1 to 3600") }
        if let logFormat { LogFormat.use(logFormat) }
        if let mistake = LogFormat.mistake { throw ValidationError(mistake) }
        guard (2...3_600).contains(lease) else { throw ValidationError("--lease: expected seconds from 2 to 3600") }
    }

    func run() async throws {
        if probe {
            guard case .status(200, _) = ServiceProbe.ask(port: port) else {
                Console.failure("no service answers on port \(port)")
                throw ExitCode.failure
            }
            return
        }
        if newToken {
            let token = NewToken()
            Console.print("token, shown this once:  \(token.text)")
            return Console.print("for the configuration:   service: {tokens: [\"\(token.hash.text)\"]}")
        }
        let wanted: [ServiceRole]
        do throws(ServiceRole.Unknown) { wanted = try ServiceRole.list(roles) } catch {
            throw ValidationError("--roles: \(error)")
        }
        SpareMemory.limit()
        DescriptorLimit.raise()
        var log = Logger(label: "serve", factory: LogFormat.handler(label:))
        log.logLevel = logLevel
        // For what is started from here too.
        if let config { setenv("ANIMEMATCHER_CONFIG", config, 1) }
        let live = try LiveConfiguration.open(log: log)
        let environment = ProcessInfo.processInfo.environment
        let uri = mongodb ?? environment["MONGODB_URI"] ?? live.value.mongodb
        let name = database ?? environment["ANIMEMATCHER_DATABASE"] ?? live.value.database
        let queries = SlowQueries(
            log: Logger(label: "mongodb", factory: LogFormat.handler(label:)), bound: live.value.slow.query)
        var options = MongoClientOptions()
        options.operationObserver = queries.observer
        let client = try MongoClient(uri: uri, options: options)
        do { try await client.ping() } catch {
            guard error.code == .unreachable else { throw error }
            throw DatabaseUnreachable(hosts: client.hosts, reason: error.message)
        }
        let parts = ServiceParts(
            database: AnimeDatabase(client: client, name: name), configuration: live,
            program: CommandLineProgram(
                Self.commandLine, environment: ["MONGODB_URI": uri, "ANIMEMATCHER_DATABASE": name],
                printsJSON: LogFormat.current == .json),
            leaseSeconds: lease, queries: queries, log: log)
        // The last one is told to end first.
        let services =
            try await parts.services(wanted, address: address, onListening: listening(log)) + [EndingService(log: log)]
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        group.maximumGracefulShutdownDuration = EndingService.time
        do { try await ServiceGroup(configuration: group).run() } catch {
            throw ListeningRefused(error, host: host, port: port) ?? error
        }
        await client.close()
    }

    /// `animematcher`, which lies beside this program.
    private static var commandLine: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("animematcher")
    }

    private var address: ServiceAddress {
        var connections = ConnectionLimits(descriptors: DescriptorLimit.usable)
        connections.idle = .seconds(idleSeconds)
        var address = ServiceAddress(connections: connections)
        (address.host, address.port) = (host, port)
        return address
    }

    /// Says where requests are taken.
    private func listening(_ log: Logger) -> @Sendable (Int) async -> Void {
        let file = portFile
        return { port in
            log.info("listening", metadata: ["port": "\(port)"])
            guard let file else { return }
            do { try Data("\(port)\n".utf8).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
                log.error("\(file) cannot be written: \(error)")
            }
        }
    }
}

extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
