import CrawlDomain
import Foundation
public import Logging
public import ServiceLifecycle
public import Storage

/// Stores what is due of all schedules, claims it and has it run. Any number of schedulers may do so at once.
public struct SchedulerService: Service {
    /// How long it sleeps at most: it sees by then what others did, and what changed in files.
    private static let longestSleep: Double = 5
    /// While fires wait for a site or for a free place, it looks again this soon.
    private static let waitingSleep: Double = 1
    /// Crawls run by one scheduler at once.
    private static let maximumRuns = 4

    private let database: AnimeDatabase
    private let definitions: ScheduleDefinitions
    private let program: FireProgram
    private let owner: String
    private let log: Logger

    /// Runs schedules of this database.
    public init(database: AnimeDatabase, definitions: ScheduleDefinitions, program: FireProgram, log: Logger) {
        self.database = database
        self.definitions = definitions
        self.program = program
        self.log = log
        let process = ProcessInfo.processInfo
        owner = "\(process.hostName):\(process.processIdentifier):\(UUID().uuidString.prefix(8))"
    }

    /// Runs until shutdown; then the crawls it started are stopped, and their fires are due again.
    public func run() async throws {
        let running = RunningFires(program: program, log: log)
        if !program.isThere {
            log.error("no schedule runs: \(program.path) is not built; run: swift build --product animematcher")
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown { await loop(running) }
        await running.stop()
    }

    private func loop(_ running: RunningFires) async {
        var known = KnownSchedules()
        while !Task.isCancelled {
            var sleep = Self.longestSleep
            do { sleep = try await step(&known, running) } catch {
                if !Task.isCancelled { log.error("schedules are looked at again in a moment: \(error)") }
            }
            try? await Task.sleep(for: .seconds(sleep))
        }
    }

    /// Does what is to be done now.
    ///
    /// - Returns: Seconds after which there is more.
    private func step(_ known: inout KnownSchedules, _ running: RunningFires) async throws -> Double {
        for schedule in known.reload(definitions, log: log) { try await database.schedules.adopt(schedule) }
        known.isAdopted = true
        let states = try await database.schedules.states()
        let now = try await database.schedules.now()
        let schedules = known.followed(states, log: log)
        var sleep = Self.longestSleep
        for schedule in schedules {
            guard let state = states[schedule.name] else { continue }
            let plan = ScheduleFires(schedule).due(after: state.considered.second, now: now.second)
            if !plan.fires.isEmpty || plan.wake != state.next?.second {
                try await database.schedules.record(plan, of: schedule)
            }
            if let wake = plan.wake { sleep = min(sleep, max(0, Double(wake) - now.timeIntervalSince1970)) }
        }
        try await database.fires.reap()
        let isWaiting = try await startDue(schedules.filter(known.canRun), running)
        return isWaiting ? min(sleep, Self.waitingSleep) : sleep
    }

    /// Claims and starts what is due.
    ///
    /// - Returns: Whether something is left that waits.
    private func startDue(_ schedules: [Schedule], _ running: RunningFires) async throws -> Bool {
        let byName = Dictionary(schedules.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        var isWaiting = false
        var busySites: Set<String> = []
        for fire in try await database.fires.due(of: byName.keys.sorted()) {
            guard let schedule = byName[fire.schedule] else { continue }
            guard await running.count < Self.maximumRuns else { return true }
            // One that waits for its site is not tried again for each of its fires.
            if schedule.overlap == .wait, busySites.contains(fire.site) {
                isWaiting = true
                continue
            }
            switch try await database.fires.claim(fire, owner: owner, seconds: program.leaseSeconds) {
            case .claimed(let lease): try await start(lease, running)
            case .siteIsBusy:
                busySites.insert(fire.site)
                if schedule.overlap == .skip, fire.attempts == 0, fire.run == nil {
                    try await database.fires.skip(fire, reason: "the site is being crawled by another fire")
                } else {
                    isWaiting = true
                }
            case .gone: break
            }
        }
        return isWaiting
    }

    private func start(_ lease: FireLease, _ running: RunningFires) async throws {
        do { try await running.start(lease) } catch {
            log.error("a fire cannot be run", metadata: ["fire": "\(lease.fire.id)", "error": "\(error)"])
            try await database.fires.finish(lease, .failed, reason: "\(program.path) cannot be run: \(error)")
        }
    }
}

extension Date {
    /// Whole seconds since 1970, the begun one not counted.
    fileprivate var second: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
}
