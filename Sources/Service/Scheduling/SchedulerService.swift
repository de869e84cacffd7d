import CrawlDomain
import struct Foundation.Date
public import Logging
public import ServiceLifecycle
public import Storage

/// Stores what is due of all schedules. Any number of schedulers may do so at once.
public struct SchedulerService: Service {
    /// How long it sleeps at most: it sees by then what others did, and what changed in files.
    private static let longestSleep: Double = 5

    private let database: AnimeDatabase
    private let known: KnownSchedules
    private let log: Logger

    /// Looks after the schedules of this database.
    public init(database: AnimeDatabase, known: KnownSchedules, log: Logger) {
        self.database = database
        self.known = known
        self.log = log
    }

    /// Runs until shutdown.
    ///
    /// - Throws: The third failure in a row.
    public func run() async throws {
        let failures = FailureStreak()
        try await cancelWhenGracefulShutdown {
            var adopted = 0
            while !Task.isCancelled {
                var sleep = Self.longestSleep
                do {
                    sleep = try await step(&adopted)
                    failures.succeeded()
                } catch {
                    if !Task.isCancelled {
                        log.error("schedules are looked at again in a moment: \(error)")
                        try failures.failed(error)
                    }
                }
                try? await Task.sleep(for: .seconds(sleep))
            }
        }
    }

    /// Stores what has come up.
    ///
    /// - Returns: Seconds after which there is more.
    private func step(_ adopted: inout Int) async throws -> Double {
        let (all, generation) = await known.reload()
        if generation != adopted {
            for schedule in all { try await database.schedules.adopt(schedule) }
            // Only now, so that a failure in between repeats it.
            adopted = generation
        }
        let states = try await database.schedules.states()
        let now = try await database.schedules.now()
        var sleep = Self.longestSleep
        for schedule in await known.followed(states) {
            guard let state = states[schedule.name] else { continue }
            let plan = ScheduleFires(schedule).due(after: state.considered.second, now: now.second)
            if !plan.fires.isEmpty || plan.wake != state.next?.second {
                try await database.schedules.record(plan, of: schedule)
            }
            if let wake = plan.wake { sleep = min(sleep, max(0, Double(wake) - now.timeIntervalSince1970)) }
        }
        return sleep
    }
}

extension Date {
    /// Whole seconds since 1970, the begun one not counted.
    fileprivate var second: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
}
