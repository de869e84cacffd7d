import CrawlDomain
import Testing
import WebStandards

/// Nights on which clocks change, in zones that change them by an hour and by half an hour.
@Suite("Clock changes")
struct ClockChangeTests {
    /// A night with the day before and the day after.
    struct Night: Sendable, CustomTestStringConvertible {
        let zone: String
        let fields: String
        let from: String
        let to: String
        let adjusted: [String]
        let literal: [String]
        var testDescription: String { "\(zone) \(fields) \(from)" }
    }

    static let nights = [
        // 2026-03-29: 02:00 is 03:00.
        Night(
            zone: "Europe/Berlin", fields: "30 2 * * *", from: "2026-03-28T00:00:00Z", to: "2026-03-30T12:00:00Z",
            adjusted: ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"],
            literal: ["2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"]),
        // 2026-10-25: 03:00 is 02:00 again.
        Night(
            zone: "Europe/Berlin", fields: "30 2 * * *", from: "2026-10-24T12:00:00Z", to: "2026-10-26T12:00:00Z",
            adjusted: ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
            literal: ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z"]),
        Night(
            zone: "America/New_York", fields: "0,45 2 * * *", from: "2026-03-08T00:00:00Z", to: "2026-03-09T12:00:00Z",
            adjusted: ["2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z", "2026-03-09T06:45:00Z"],
            literal: ["2026-03-09T06:00:00Z", "2026-03-09T06:45:00Z"]),
        Night(
            zone: "America/New_York", fields: "30 1 * * *", from: "2026-11-01T00:00:00Z", to: "2026-11-02T12:00:00Z",
            adjusted: ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"],
            literal: ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-02T06:30:00Z"]),
        // 2026-10-04: 02:00 (+10:30) is 02:30 (+11).
        Night(
            zone: "Australia/Lord_Howe", fields: "15 2 * * *", from: "2026-10-03T12:00:00Z", to: "2026-10-04T20:00:00Z",
            adjusted: ["2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"], literal: ["2026-10-04T15:15:00Z"]),
        // 2026-04-05: 02:00 (+11) is 01:30 (+10:30) again.
        Night(
            zone: "Australia/Lord_Howe", fields: "45 1 * * *", from: "2026-04-04T12:00:00Z", to: "2026-04-05T18:00:00Z",
            adjusted: ["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"],
            literal: ["2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z", "2026-04-05T15:15:00Z"]),
    ]

    @Test("a daily time that is skipped fires right after the gap, one that is repeated fires once", arguments: nights)
    func adjusted(night: Night) throws {
        let schedule = try ScheduleSamples.cron(night.fields, zone: night.zone)
        #expect(try ScheduleSamples.starts(schedule, night.from, night.to) == night.adjusted)
    }

    @Test("taken literally, one does not fire and the other fires twice", arguments: nights)
    func literal(night: Night) throws {
        let schedule = try ScheduleSamples.cron(night.fields, zone: night.zone, clockChanges: .literal)
        #expect(try ScheduleSamples.starts(schedule, night.from, night.to) == night.literal)
    }

    @Test("what runs every hour or every few minutes goes by the clock: no hour of time without it, none doubled")
    func wildcards() throws {
        let hourly = try ScheduleSamples.cron("0 * * * *", zone: "Europe/Berlin")
        for (from, to) in [
            ("2026-03-28T20:30:00Z", "2026-03-29T06:30:00Z"), ("2026-10-24T20:30:00Z", "2026-10-25T06:30:00Z"),
        ] {
            let starts = try ScheduleSamples.starts(hourly, from, to).map(ScheduleSamples.time)
            #expect(starts.count == 10)
            #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 == 3600 })
        }
        let quarters = try ScheduleSamples.cron("*/15 2 * * *", zone: "Europe/Berlin")
        #expect(try ScheduleSamples.starts(quarters, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z").isEmpty)
    }

    @Test("asking from any second of the night gives the same fires, each once")
    func anySecond() throws {
        for night in Self.nights {
            let fires = ScheduleFires(try ScheduleSamples.cron(night.fields, zone: night.zone))
            let (from, to) = (try ScheduleSamples.time(night.from), try ScheduleSamples.time(night.to))
            var seen: [String] = []
            for second in stride(from: from, to: to, by: 60) {
                seen += fires.upcoming(after: second, until: min(second + 60, to), limit: 9).map {
                    W3CDateTime.format($0.time)
                }
            }
            #expect(seen == night.adjusted, "\(night.testDescription)")
        }
    }

    @Test("a zone in front of the fields wins, and a time that never comes gives nothing")
    func corners() throws {
        let timing = try CronTiming("CRON_TZ=Asia/Tokyo 0 6 * * *", zone: "Europe/Berlin")
        #expect(timing.zoneName == "Asia/Tokyo")
        #expect(timing.fields == "0 6 * * *")
        let never = try ScheduleSamples.cron("30 2 30 2 *", zone: "Europe/Berlin")
        #expect(try ScheduleSamples.starts(never, "2026-01-01", "2036-01-01").isEmpty)
        #expect(throws: SyntaxError.self) { try CronTiming("0 25 * * *") }
        #expect(throws: SyntaxError.self) { try CronTiming("0 2 * * *", zone: "Europe/Nowhere") }
    }
}
