import ArgumentParser
import Storage
import Terminal
import WebStandards

/// `animematcher doctor`: what is there and what is not.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is installed, reachable and configured, and what is not, with what to do about it.",
        discussion: """
              animematcher doctor
              animematcher doctor --service-port 8080 --json
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @Option(
        help: ArgumentHelp("Also ask the service that should listen on this port of this machine.", valueName: "port"))
    var servicePort: Int?

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        var findings = MachineCheck(configuration: database.configuration, servicePort: servicePort).findings
        findings += await databaseFindings()
        if json {
            Console.print(JSONValue.array(findings.map(\.value)))
        } else {
            findings.flatMap(\.lines).forEach { Console.print($0) }
        }
        if findings.contains(where: { !$0.isGood }) { throw ExitCode.failure }
    }

    private func databaseFindings() async -> [Finding] {
        // Where MongoDB is stands in it; what is wrong with it has been said.
        guard (try? database.configuration.load()) != nil else {
            return [.bad("MongoDB", "not asked, as the configuration cannot be read")]
        }
        do {
            // As it is: who asks what is wrong has not asked for it to be changed.
            return try await database.withDatabase(isPrepared: false) { database, configuration in
                let counts = try await database.catalogue.counts()
                let version = try await database.migrator.version()
                let reached = Finding.good(
                    "MongoDB", "\(counts.entries) entries, \(counts.anime) anime; database version \(version)")
                let check = DatabaseCheck(
                    database: database, configuration: configuration, options: self.database.configuration)
                do { return [reached] + (try await check.findings()) } catch {
                    return [reached, .bad("database", "\(error)")]
                }
            }
        } catch {
            return [.bad("MongoDB", "\(error)")]
        }
    }
}
