import CrawlDomain
import Testing
import WebStandards

@Suite("ScheduleFires")
struct ScheduleFiresTests {
    private func run(_ plan: FirePlan) -> [String] {
        plan.fires.filter { $0.skip == nil }.map { W3CDateTime.format($0.time) }
    }

    @Test("an interval is counted from the epoch or a stated time, so that everybody gets the same times")
    func interval() throws {
        let six = try ScheduleSamples.every(6 * 3600)
        #expect(
            try ScheduleSamples.starts(six, "2026-01-01T03:00:00Z", "2026-01-01T12:00:00Z")
                == ["2026-01-01T06:00:00Z", "2026-01-01T12:00:00Z"])
        let from = try ScheduleSamples.time("2030-01-01T01:30:00Z")
        let anchored = try ScheduleSamples.every(6 * 3600, from: from)
        #expect(
            try ScheduleSamples.starts(anchored, "2026-01-01T01:29:59Z", "2026-01-01T07:30:00Z")
                == ["2026-01-01T01:30:00Z", "2026-01-01T07:30:00Z"])
    }

    @Test(
        "after three days without a scheduler none, the latest or all of three daily fires are made up for",
        arguments: [(Schedule.CatchUp.none, 0), (.latest, 1), (.all, 3)])
    func downtime(policy: Schedule.CatchUp, count: Int) throws {
        let daily = try ScheduleSamples.cron("0 4 * * *") { $0.catchUp = policy }
        let now = try ScheduleSamples.time("2026-01-04T10:00:00Z")
        let plan = ScheduleFires(daily).due(after: try ScheduleSamples.time("2026-01-01T04:00:00Z"), now: now)
        #expect(plan.fires.count == 3)
        let all = ["2026-01-02T04:00:00Z", "2026-01-03T04:00:00Z", "2026-01-04T04:00:00Z"]
        #expect(run(plan) == all.suffix(count))
        #expect(plan.considered == (try ScheduleSamples.time("2026-01-04T04:00:00Z")))
        #expect(plan.wake == (try ScheduleSamples.time("2026-01-05T04:00:00Z")))
        #expect(ScheduleFires(daily).due(after: plan.considered, now: now).fires.isEmpty)
    }

    @Test("a fire that is on time is run under every policy", arguments: Schedule.CatchUp.allCases)
    func onTime(policy: Schedule.CatchUp) throws {
        let daily = try ScheduleSamples.cron("0 4 * * *") { $0.catchUp = policy }
        let fire = try ScheduleSamples.time("2026-01-02T04:00:00Z")
        #expect(run(ScheduleFires(daily).due(after: fire - 86_400, now: fire + 30)) == ["2026-01-02T04:00:00Z"])
    }

    @Test("at most a hundred are made up for, however long nobody was there, and that costs no more than a moment")
    func bounded() throws {
        let often = try ScheduleSamples.every(1) { $0.catchUp = .all }
        let now = try ScheduleSamples.time("2026-01-01")
        let plan = ScheduleFires(often).due(after: 0, now: now)
        #expect(plan.fires.map(\.time) == Array(now - 99...now))
        #expect(plan.considered == now)
    }

    @Test("clocks that jump an hour either way or five minutes back fire nothing twice")
    func clockJumps() throws {
        let quarter = try ScheduleSamples.every(900) {
            $0.catchUp = .all
            $0.jitter = 120
        }
        let fires = ScheduleFires(quarter)
        let start = try ScheduleSamples.time("2026-01-01")
        var (considered, seen) = (start, [Int64]())
        let jumps: [(at: Int64, by: Int64)] = [(3_000, 3_600), (5_000, -3_600), (9_000, -300), (12_000, 3_600)]
        for elapsed in stride(from: Int64(0), to: 20_000, by: 7) {
            let offset = jumps.filter { $0.at <= elapsed }.reduce(0) { $0 + $1.by }
            let plan = fires.due(after: considered, now: start + elapsed + offset)
            #expect(plan.considered >= considered)
            considered = plan.considered
            seen += plan.fires.filter { $0.skip == nil }.map(\.time)
        }
        #expect(Set(seen).count == seen.count)
        // None is left out either: every time up to the last one.
        #expect(seen == Array(stride(from: start + 900, through: try #require(seen.last), by: 900)))
    }

    @Test("jitter is at most what it says, the same for everybody, and different from fire to fire")
    func jitter() throws {
        let daily = try ScheduleSamples.cron("0 4 * * *") { $0.jitter = 600 }
        let (from, to) = (try ScheduleSamples.time("2026-01-01"), try ScheduleSamples.time("2026-03-01"))
        let fires = ScheduleFires(daily).upcoming(after: from, until: to, limit: 100)
        let delays = fires.map { $0.start - $0.time }
        #expect(delays.allSatisfy { (0...600).contains($0) })
        #expect(Set(delays).count > 30)
        #expect(ScheduleFires(daily).upcoming(after: from, until: to, limit: 100) == fires)
        var other = daily
        other.timing = .every(seconds: 86_400, from: 4 * 3600)
        #expect(ScheduleFires(other).upcoming(after: from, until: to, limit: 100).map(\.start) == fires.map(\.start))
    }

    @Test("what jitter or a blackout holds back is still to come until its run starts")
    func held() throws {
        func first(_ schedule: Schedule, after now: Int64) -> PlannedFire? {
            ScheduleFires(schedule).coming(after: now, considered: nil, until: now + 7 * 86_400, limit: 5).first
        }
        let daily = try ScheduleSamples.cron("0 4 * * *") { $0.jitter = 7_200 }
        let from = try ScheduleSamples.time("2026-01-01")
        let fire = try #require(
            ScheduleFires(daily).upcoming(after: from, until: from + 86_400 * 9, limit: 9).first {
                $0.start > $0.time + 1
            })
        #expect(first(daily, after: fire.time) == fire && first(daily, after: fire.start - 1) == fire)
        #expect(first(daily, after: fire.start)?.time == fire.time + 86_400)
        // What was dealt with, as when the schedule was made then, is not to come.
        let later = ScheduleFires(daily).coming(
            after: fire.time, considered: fire.time, until: fire.time + 2 * 86_400, limit: 1)
        #expect(later.first?.time == fire.time + 86_400)
        let window = try #require(BlackoutWindow("22:00-06:00"))
        let night = try ScheduleSamples.cron("0 5 * * *") { $0.blackouts = [window] }
        let now = try ScheduleSamples.time("2026-01-02T05:30:00Z")
        #expect(first(night, after: now)?.start == (try ScheduleSamples.time("2026-01-02T06:00:00Z")))
        #expect(first(night, after: now + 1_800)?.start == (try ScheduleSamples.time("2026-01-03T06:00:00Z")))
    }

    @Test("of fires that a blackout moves to its end none is left beside one that fires then anyway")
    func movedOnto() throws {
        let window = try #require(BlackoutWindow("22:00-06:00"))
        let hourly = try ScheduleSamples.cron("0 * * * *") { $0.blackouts = [window] }
        #expect(
            try ScheduleSamples.starts(hourly, "2026-01-01T20:30:00Z", "2026-01-02T07:00:00Z")
                == ["2026-01-01T21:00:00Z", "2026-01-02T06:00:00Z", "2026-01-02T07:00:00Z"])
    }

    @Test("a jittered fire is due when its jitter has passed, and no fire overtakes another")
    func jitteredOrder() throws {
        let minutely = try ScheduleSamples.every(60) {
            $0.jitter = 300
            $0.catchUp = .all
        }
        let start = try ScheduleSamples.time("2026-01-01")
        var (considered, seen) = (start, [Int64]())
        for now in start...start + 3_600 {
            let plan = ScheduleFires(minutely).due(after: considered, now: now)
            considered = plan.considered
            for fire in plan.fires { #expect(fire.start <= now) }
            seen += plan.fires.map(\.time)
        }
        #expect(seen == seen.sorted())
        #expect(seen.count >= 50)
    }
}
