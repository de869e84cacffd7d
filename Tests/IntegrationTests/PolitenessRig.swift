import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

/// Two hosts at one address, whose requests stand in one access log; a database, a configuration, and the built program.
struct PolitenessRig {
    let sites: [DemoSiteServer]
    let log: AccessLog
    let temporary: TemporaryDatabase
    let program: Program

    /// - Parameter configuration: What the operator says of the site `demo`, as a YAML flow map.
    static func with<Value>(
        configuration: String = "{}", crawlDelay: Double? = nil, requestRate: String? = nil, behaviour: String = "",
        anime: Int = 12,
        _ body: (PolitenessRig) async throws -> Value
    ) async throws -> Value {
        try await TemporaryDatabase.with { temporary in
            let log = AccessLog()
            var options = DemoSiteOptions(crawlDelay: crawlDelay)
            options.requestRate = requestRate
            let sites = try (0..<2).map { number in
                try DemoSiteServer(
                    catalogue: DemoCatalogue(seed: UInt64(number + 7), animeCount: anime, userCount: 0),
                    options: options, behaviour: try Behaviour(parsing: behaviour),
                    port: 0, log: log)
            }
            defer { sites.forEach { $0.stop() } }
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("polite-\(UUID().uuidString).yaml")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data("sites:\n  demo: \(configuration)\n".utf8).write(to: file)
            let program = Program(
                "animematcher",
                environment: [
                    "MONGODB_URI": temporary.uri, "ANIMEMATCHER_DATABASE": temporary.name,
                    "ANIMEMATCHER_CONFIG": file.path,
                ])
            return try await body(PolitenessRig(sites: sites, log: log, temporary: temporary, program: program))
        }
    }

    /// Arguments that start at the list of each host.
    func starts(_ hosts: Range<Int> = 0..<2) -> [String] {
        sites[hosts].flatMap { ["--start", "http://127.0.0.1:\($0.port)/topanime.php"] }
    }

    func crawl(_ arguments: [String]) async throws -> Program.Result {
        let result = try await program.run(["crawl", "demo", "--json"] + arguments)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        return result
    }

    /// Reports every request that came before the promised gap after the end of an answer had passed; times are microseconds, and one
    /// millisecond is what clocks may differ by.
    func expectGaps(of seconds: Double, perHost: Bool = false, atLeast requests: Int) {
        let entries = log.settledEntries()
        #expect(entries.count >= requests, "only \(entries.count) requests")
        for (_, entries) in Dictionary(grouping: entries, by: { perHost ? $0.host : "" }) {
            var ended = Int64.min
            for entry in entries.sorted(by: { $0.arrived < $1.arrived }) {
                let gap = ended == .min ? .infinity : Double(entry.arrived - ended) / 1e6
                #expect(gap >= seconds - 0.001, "\(entry.path) of \(entry.host): \(gap) s after the last answer")
                ended = max(ended, entry.finished)
            }
        }
    }
}
