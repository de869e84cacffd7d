import CrawlDomain
import Testing
import WebStandards

@Suite("Blackouts")
struct BlackoutTests {
    private func window(_ text: String) throws -> BlackoutWindow { try #require(BlackoutWindow(text)) }

    @Test(
        "what is no window is refused",
        arguments: [
            "", "22-06", "22:00", "24:00-06:00", "22:00-22:00", "22:60-23:00", "1:00-2:00", "22:00-06:00 Caturday",
            "22:00-06:00 Sat, Sun", "22:00-24:01", "22:00-06:00 Mon-Tue-Wed", "22:00-06:00 ,",
        ])
    func refused(text: String) { #expect(BlackoutWindow(text) == nil) }

    @Test("a fire in a window moves to its end; of several only the last one does")
    func moved() throws {
        let window = try window("22:00-06:00 Sat,Sun")
        let schedule = try ScheduleSamples.cron("30 */2 * * *", zone: "Europe/Berlin") { $0.blackouts = [window] }
        // Saturday 2026-01-03, 20:00 in Berlin, to Sunday 08:00.
        let starts = try ScheduleSamples.starts(schedule, "2026-01-03T19:00:00Z", "2026-01-04T07:00:00Z")
        #expect(starts == ["2026-01-03T19:30:00Z", "2026-01-04T05:00:00Z", "2026-01-04T05:30:00Z"])
        let fires = ScheduleFires(schedule).upcoming(
            after: try ScheduleSamples.time("2026-01-03T19:00:00Z"),
            until: try ScheduleSamples.time("2026-01-04T07:00:00Z"),
            limit: 99)
        #expect(fires.map(\.skip) == [nil, .superseded, .superseded, .superseded, nil, nil])
    }

    @Test("a window belongs to the day on which it begins")
    func days() throws {
        let window = try window("22:00-06:00 Sun")
        let schedule = try ScheduleSamples.cron("0 23,3 * * *") { $0.blackouts = [window] }
        // Sunday is 2026-01-04.
        #expect(
            try ScheduleSamples.starts(schedule, "2026-01-03T12:00:00Z", "2026-01-06T00:00:00Z")
                == ["2026-01-03T23:00:00Z", "2026-01-04T03:00:00Z", "2026-01-05T06:00:00Z", "2026-01-05T23:00:00Z"])
    }

    @Test("with the policy drop, fires in a window are left out with that reason")
    func dropped() throws {
        let window = try window("00:00-24:00 Fri-Mon")
        let schedule = try ScheduleSamples.cron("0 4 * * *") {
            $0.blackouts = [window]
            $0.blackoutPolicy = .drop
        }
        // 2026-01-01 is a Thursday.
        let plan = ScheduleFires(schedule).due(
            after: try ScheduleSamples.time("2026-01-01"), now: try ScheduleSamples.time("2026-01-03T05:00:00Z"))
        #expect(plan.fires.map(\.skip) == [nil, .blackout, .blackout])
    }

    @Test("windows that follow one another are one, and one that never ends drops the fire instead of looping")
    func chained() throws {
        let windows = [try window("22:00-24:00"), try window("00:00-05:30")]
        let schedule = try ScheduleSamples.cron("0 23 * * *") { $0.blackouts = windows }
        #expect(try ScheduleSamples.starts(schedule, "2026-01-01", "2026-01-02") == ["2026-01-02T05:30:00Z"])
        let always = try window("00:00-24:00")
        let never = try ScheduleSamples.cron("0 23 * * *") { $0.blackouts = [always] }
        #expect(try ScheduleSamples.starts(never, "2026-01-01", "2026-02-01").isEmpty)
    }

    @Test("a window that ends in skipped or repeated time ends where the clock first shows its end")
    func clockChanges() throws {
        let window = try window("01:00-02:30")
        let schedule = try ScheduleSamples.cron("15 1 * * *", zone: "Europe/Berlin") { $0.blackouts = [window] }
        #expect(
            try ScheduleSamples.starts(schedule, "2026-03-28T20:00:00Z", "2026-03-29T12:00:00Z") == [
                "2026-03-29T01:00:00Z"
            ])
        #expect(
            try ScheduleSamples.starts(schedule, "2026-10-24T20:00:00Z", "2026-10-25T12:00:00Z") == [
                "2026-10-25T00:30:00Z"
            ])
    }

    @Test("jitter never pushes a run into a blackout")
    func jitter() throws {
        let window = try window("04:10-23:00")
        let schedule = try ScheduleSamples.cron("0 4 * * *") {
            $0.blackouts = [window]
            $0.jitter = 7_200
        }
        let starts = try ScheduleSamples.starts(schedule, "2026-01-01", "2026-03-01")
        #expect(starts.count == 59)
        #expect(starts.allSatisfy { $0.contains("T04:0") })
    }

    @Test("a moved fire is waited for, and dealt with once")
    func waited() throws {
        let window = try window("00:00-06:00")
        let schedule = try ScheduleSamples.cron("0 4 * * *") { $0.blackouts = [window] }
        let fires = ScheduleFires(schedule)
        let considered = try ScheduleSamples.time("2026-01-01T23:00:00Z")
        let waiting = fires.due(after: considered, now: try ScheduleSamples.time("2026-01-02T05:00:00Z"))
        #expect(waiting.fires.isEmpty)
        #expect(waiting.considered == considered)
        #expect(waiting.wake == (try ScheduleSamples.time("2026-01-02T06:00:00Z")))
        let due = fires.due(after: considered, now: try #require(waiting.wake))
        #expect(due.fires.map(\.time) == [try ScheduleSamples.time("2026-01-02T04:00:00Z")])
    }
}
