import CrawlDomain
import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

/// A site of several hosts, a database of its own behind a proxy, and the built program between them.
struct FaultRig: Sendable {
    /// Seconds a host's lease lasts here: what a dead worker held is not to be waited for long.
    static let leaseSeconds = 2

    let plan: FaultSite
    let site: DemoSiteServer
    let temporary: TemporaryDatabase
    let proxy: FaultProxy
    let home: ProgramHome

    /// Runs `body` with a fresh rig.
    ///
    /// - Parameter uri: Another server than the tests' own.
    static func with<Value>(
        _ plan: FaultSite, behaviour: String = "", uri: String? = nil, _ body: (FaultRig) async throws -> Value
    ) async throws -> Value {
        try await TemporaryDatabase.with(uri: uri) { temporary in
            let site = try plan.serve(behaviour)
            defer { site.stop() }
            let proxy = try FaultProxy(uri: temporary.uri)
            defer { proxy.stop() }
            let home = try ProgramHome(
                spider: plan.spider, site: "spread", configuration: plan.configuration(port: site.port))
            defer { home.remove() }
            return try await body(
                FaultRig(plan: plan, site: site, temporary: temporary, proxy: proxy, home: home))
        }
    }

    /// What makes the program use this rig, through the proxy.
    var environment: [String: String] {
        home.environment.merging(["MONGODB_URI": proxy.uri, "ANIMEMATCHER_DATABASE": temporary.name]) { $1 }
    }

    var program: Program { Program("animematcher", environment: environment) }

    static func arguments(_ more: [String] = []) -> [String] {
        ["crawl", "spread", "--json", "--lease-seconds", "\(leaseSeconds)"] + more
    }

    /// Starts a crawl.
    func start(_ more: [String], environment: [String: String] = [:]) async throws -> RunningProgram {
        let program = Program("animematcher", environment: self.environment.merging(environment) { $1 })
        return try await RunningProgram(program, Self.arguments(more))
    }

    /// Crawls to the end, which must be a good one.
    @discardableResult
    func finish(_ more: [String] = []) async throws -> [String: Any] {
        let result = try await program.run(Self.arguments(more))
        #expect(result.status == 0, "\(result.errors.suffix(2_000))")
        return result.object
    }

    /// Crawls again and again, failed pages too, until nothing is left to do.
    func finishAll(rounds: Int = 20) async throws {
        for _ in 0..<rounds {
            try await finish(["--resume"])
            let open = try await openURLs()
            guard open > 0 else { return }
            _ = try await program.run(["frontier", "retry", "spread"])
        }
        Issue.record("after \(rounds) runs there still is something to do")
    }

    private func openURLs() async throws -> Int {
        let counts = try await temporary.database.frontier.counts(site: "spread")
        return counts.filter { $0.key != .done }.values.reduce(0, +)
    }

    func dump() async throws -> CanonicalDump { try await CanonicalDump(of: temporary) }

    /// Checks that the database is what an uninterrupted crawl leaves.
    @discardableResult
    func expectReference(_ source: SourceLocation = #_sourceLocation) async throws -> [String] {
        let dump = try await dump()
        let reference = try await ReferenceDumps.shared.dump(of: plan)
        let differences = dump.differences(from: reference)
        #expect(
            differences.isEmpty, "\(differences.count): \(differences.prefix(8).joined(separator: "\n"))",
            sourceLocation: source)
        #expect(dump.defects.isEmpty, "\(dump.defects.prefix(8).joined(separator: "\n"))", sourceLocation: source)
        return differences + dump.defects
    }
}

/// The dumps of uninterrupted crawls, each made once.
actor ReferenceDumps {
    static let shared = ReferenceDumps()

    private var dumps: [FaultSite: Task<CanonicalDump, any Error>] = [:]

    func dump(of plan: FaultSite) async throws -> CanonicalDump {
        let site = plan.with(delay: 0)
        let task =
            dumps[site]
            ?? Task {
                try await FaultRig.with(site) { rig in
                    try await rig.finish()
                    return try await rig.dump()
                }
            }
        dumps[site] = task
        return try await task.value
    }
}
