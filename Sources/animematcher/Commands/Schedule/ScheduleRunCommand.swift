import ArgumentParser
import CrawlDomain
import Foundation
import Storage
import Terminal
import WebStandards

/// `animematcher schedule run`: one fire, by hand, by a timer of systemd's, or for the scheduler.
struct ScheduleRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a schedule's crawl now, and record it as one of its fires.",
        discussion: """
            Ends with the exit code of the crawl. While another fire of the site runs, it waits or fails, as the schedule's \
            'overlap' says.

              animematcher schedule run nightly
              animematcher schedule run nightly --time 2026-01-31T04:00:00Z

            With --time it is a fire that was missed, left out or has failed; every fire is run once.
            """)

    @Argument(help: "The schedule.") var name: String
    @Option(help: ArgumentHelp("Run the fire of this time, unless it has been done. Default: now.", valueName: "time"))
    var time: String?
    @Flag(help: "Print the run's summary as JSON.") var json = false
    @Option(help: ArgumentHelp("The token of the scheduler that claimed the fire.", visibility: .hidden))
    var claim: Int?
    @Option(help: ArgumentHelp("Seconds the fire's lease lasts unless renewed.", visibility: .hidden))
    var lease = 30
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var logging: LoggingOptions

    func validate() throws {
        guard (2...3_600).contains(lease) else { throw ValidationError("--lease: expected seconds from 2 to 3600") }
        if let time, W3CDateTime.parse(time) == nil {
            throw ValidationError("--time: expected a time such as 2026-01-31T04:00:00Z")
        }
        if claim != nil, time == nil { throw ValidationError("--claim goes with --time") }
    }

    func run() async throws {
        let schedule = try DefinedSchedules(database.configuration).named(name)
        try await database.withDatabase { database, _ in
            let lease = try await claimed(schedule, database)
            try await FireRun(
                database: database, schedule: schedule, lease: lease, leaseSeconds: self.lease, options: crawlOptions
            ).run()
        }
    }

    /// What this command was told of database and output, for the crawl.
    private var crawlOptions: [String] {
        let named = [
            ("config", database.configuration.config), ("mongodb", database.mongodb), ("database", database.database),
        ]
        return named.flatMap { name, value in value.map { ["--\(name)=\($0)"] } ?? [] }
            + ["--log-level=\(logging.logLevel)"] + (json ? ["--json"] : [])
    }

    private func claimed(_ schedule: Schedule, _ database: AnimeDatabase) async throws -> FireLease {
        let time = try await time(of: schedule, database)
        let id = Fire.id(of: schedule.name, time)
        let process = ProcessInfo.processInfo
        let owner = "\(process.hostName):\(process.processIdentifier):\(UUID().uuidString.prefix(8))"
        var hasWaited = false
        while true {
            // There may be no scheduler that gives up fires whose runner died.
            if claim == nil { try await database.fires.reap() }
            let result =
                if let claim {
                    try await database.fires.takeOver(id, token: claim, owner: owner, seconds: lease)
                } else {
                    try await database.fires.claimByHand(time, of: schedule, owner: owner, seconds: lease)
                }
            switch result {
            case .claimed(let lease): return lease
            case .gone:
                let state = try await database.fires.fire(id)?.state.rawValue ?? "gone"
                throw Failure("\(id) is not run: it is \(state); every fire is run once")
            case .siteIsBusy:
                let other = try await database.fires.running(site: schedule.site)?.id ?? "another fire"
                guard schedule.overlap == .wait else {
                    throw Failure("\(id) is not run: \(other) of the same site is being run")
                }
                if !hasWaited { Console.note("waiting for \(other)") }
                hasWaited = true
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// The time that was asked for, or now, by the server's clock.
    private func time(of schedule: Schedule, _ database: AnimeDatabase) async throws -> Int64 {
        guard let text = time, let wanted = W3CDateTime.parse(text) else {
            return Int64(try await database.schedules.now().timeIntervalSince1970)
        }
        // The scheduler knows what it claimed; its definition may be newer than the fire.
        guard claim == nil else { return wanted }
        let now = try await database.schedules.now()
        guard Double(wanted) <= now.timeIntervalSince1970 else {
            throw Failure(
                "--time \(Console.visible(text)): expected a time that has come; the fire of a later one would be used up"
            )
        }
        guard !ScheduleFires(schedule).names(wanted) else { return wanted }
        let next = ScheduleFires(schedule).upcoming(after: wanted, until: wanted + 10 * 366 * 86_400, limit: 1).first
        let hint = next.map { "; the next one is at \(W3CDateTime.format($0.time))" } ?? ""
        throw Failure("--time \(Console.visible(text)): '\(schedule.name)' does not fire then\(hint)")
    }
}
