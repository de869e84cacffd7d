import CrawlDomain
import Testing
import WebStandards

/// Schedules and times for tests.
enum ScheduleSamples {
    static func cron(
        _ fields: String, zone: String = "UTC", clockChanges: CronTiming.ClockChanges = .adjust,
        _ change: (inout Schedule) -> Void = { _ in }
    ) throws -> Schedule {
        let timing = ScheduleTiming.cron(try CronTiming(fields, zone: zone, clockChanges: clockChanges))
        return try schedule(timing, zone: zone, change)
    }

    static func every(_ seconds: Int64, from: Int64 = 0, _ change: (inout Schedule) -> Void = { _ in }) throws
        -> Schedule
    {
        try schedule(.every(seconds: seconds, from: from), zone: "UTC", change)
    }

    private static func schedule(
        _ timing: ScheduleTiming, zone: String, _ change: (inout Schedule) -> Void
    ) throws -> Schedule {
        var schedule = Schedule(
            name: "nightly", site: "demo", timing: timing, zone: try #require(CronTimeZone(zone)), zoneName: zone)
        change(&schedule)
        return schedule
    }

    static func time(_ text: String) throws -> Int64 { try #require(W3CDateTime.parse(text)) }

    /// The starts of all runs after one time and up to another one.
    static func starts(_ schedule: Schedule, _ from: String, _ to: String) throws -> [String] {
        try ScheduleFires(schedule).upcoming(after: time(from), until: time(to), limit: 1_000)
            .filter { $0.skip == nil }.map { W3CDateTime.format($0.start) }
    }
}
