import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

/// A demo site that two spiders know, a database, and a configuration with schedules.
struct ScheduleRig {
    let rig: CrawlRig
    private let home: ProgramHome

    /// Runs `body` with a fresh rig.
    ///
    /// - Parameter schedules: The value of `schedules:`; `ORIGIN` in it stands for the site.
    static func with<Value>(
        _ schedules: String, anime: Int = 3, users: Int = 0, behaviour: String = "",
        _ body: (ScheduleRig) async throws -> Value
    ) async throws -> Value {
        try await CrawlRig.with(anime: anime, users: users, behaviour: behaviour) { rig in
            let demo = try String(
                contentsOf: Program.project.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8)
            let home = try ProgramHome(
                spider: demo.replacing("site: demo", with: "site: demo2"), site: "demo2",
                configuration: "schedules:\n\(schedules.replacing("ORIGIN", with: rig.origin))\n")
            defer { home.remove() }
            return try await body(ScheduleRig(rig: rig, home: home))
        }
    }

    var fires: FireStore { rig.database.fires }
    var environment: [String: String] { rig.environment.merging(home.environment) { $1 } }

    func animematcher(_ arguments: String...) async throws -> Program.Result {
        try await Program("animematcher", environment: environment).run(arguments)
    }

    /// Writes other schedules.
    func write(_ schedules: String) throws {
        try home.write(configuration: "schedules:\n\(schedules.replacing("ORIGIN", with: rig.origin))\n")
    }

    /// A program that can be signalled.
    func start(_ program: String, _ arguments: [String]) async throws -> RunningProgram {
        try await RunningProgram(Program(program, environment: environment), arguments)
    }

    /// A scheduler, with leases of so many seconds.
    ///
    /// - Parameter mongodb: Where it and its crawls find MongoDB, if not where the rig does.
    func scheduler(lease: Int, mongodb: String? = nil) async throws -> RunningProgram {
        let place = mongodb.map { ["--mongodb", $0] } ?? []
        return try await start("animematcher-serve", ["--roles", "crawl,schedule", "--lease", "\(lease)"] + place)
    }

    /// So many of them.
    func schedulers(_ count: Int, lease: Int) async throws -> [RunningProgram] {
        var all: [RunningProgram] = []
        for _ in 0..<count { all.append(try await scheduler(lease: lease)) }
        return all
    }

    /// Documents of a collection.
    func documents(_ collection: String, _ filter: BSONDocument = [:]) async throws -> [BSONDocument] {
        try await rig.temporary.client.database(rig.temporary.name).collection(collection).find(filter).all()
    }

    /// Waits until something is so in the database; nobody announces it.
    func eventually(_ what: String, within seconds: Int = 120, _ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while try await !condition() {
            guard ContinuousClock.now < end else {
                let fires = try await documents("fires").map { "\($0)" }.joined(separator: "\n")
                Issue.record("not within \(seconds) s: \(what)\n\(fires)")
                return
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Waits until the site has been asked so often, or a process has ended.
    func requests(_ count: Int, or process: RunningProgram) async throws {
        while rig.site.log.entries.count < count, process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    }
}
