import CrawlDomain
import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// Schedulers that die, stop and come back: every (schedule, time) fires once.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint), .serialized)
struct SchedulerTests {
    /// One fire shortly after `now`, that crawls everything.
    private func whole(_ now: Date = Date()) -> String {
        let from = W3CDateTime.format(Int64(now.timeIntervalSince1970) + 8)
        return """
              - name: whole
                site: demo
                every: 1d
                from: \(from)
                crawl: {start: ["ORIGIN/topanime.php", "ORIGIN/users.php?show=0"]}
            """
    }

    private func count(_ rig: ScheduleRig, _ state: String) async throws -> Int {
        try await rig.documents("fires", ["state": .string(state)]).count
    }

    @Test("three schedulers, one killed and one stopped past its lease: every (schedule, time) fires exactly once")
    func exactlyOnce() async throws {
        let schedules = """
              - {name: first, site: demo, every: 2s, catch_up: all, crawl: {start: "ORIGIN/anime/1", limit: 1}}
              - {name: second, site: demo2, every: 3s, catch_up: all, crawl: {start: "ORIGIN/anime/1", limit: 1}}
            """
        try await ScheduleRig.with(schedules) { rig in
            let lease = 10
            let schedulers = try await rig.schedulers(3, lease: lease)
            try await rig.eventually("three fires are done") { try await count(rig, "done") >= 3 }
            schedulers[0].signal(SIGKILL)
            schedulers[1].signal(SIGSTOP)
            let stopped = ContinuousClock.now
            let before = try await count(rig, "done")
            try await rig.eventually("the third one goes on, until the second one's leases have ended") {
                let isPast = stopped.duration(to: .now) > .seconds(lease + 2)
                return try await count(rig, "done") >= before + 4 && isPast
            }
            schedulers[1].signal(SIGCONT)
            let resumed = try await count(rig, "done")
            try await rig.eventually("both go on") { try await count(rig, "done") >= resumed + 4 }
            for name in ["first", "second"] {
                #expect(try await rig.animematcher("schedule", "pause", name).status == 0)
            }
            // Paused: what is due already is not started any more; it is by hand.
            try await rig.eventually("nothing runs") { try await count(rig, "running") == 0 }
            for fire in try await rig.fires.due(of: ["first", "second"]) {
                let time = W3CDateTime.format(Int64(fire.time.timeIntervalSince1970))
                let result = try await rig.animematcher("schedule", "run", fire.schedule, "--time", time)
                #expect(result.status == 0, "\(result.errors)")
            }
            for scheduler in schedulers[1...] { scheduler.signal(SIGTERM) }
            for scheduler in schedulers[1...] { #expect(await scheduler.exit() == 0) }
            try await check(rig, "first", site: "demo", every: 2)
            try await check(rig, "second", site: "demo2", every: 3)
        }
    }

    /// No time without its fire, no fire without its run, no run without its fire, no two runs of the site at once.
    private func check(_ rig: ScheduleRig, _ name: String, site: String, every seconds: Int) async throws {
        let fires = try await rig.fires.latest(of: name, limit: 1_000)
        let times = fires.map { Int($0.time.timeIntervalSince1970) }.sorted()
        let (first, last) = (try #require(times.first), try #require(times.last))
        #expect(times == Array(stride(from: first, through: last, by: seconds)))
        #expect(fires.allSatisfy { $0.state == .done }, "\(fires.filter { $0.state != .done })")
        let runs = try await rig.documents("runs", ["site": .string(site)])
        #expect(Set(runs.compactMap { $0["_id"]?.stringValue }) == Set(fires.compactMap(\.run)))
        #expect(runs.count == fires.count)
        #expect(runs.allSatisfy { $0["state"]?.stringValue == "finished" })
        let spans = runs.compactMap { run in
            run["started_at"]?.dateValue.flatMap { start in run["ended_at"]?.dateValue.map { (start, $0) } }
        }.sorted { $0.0 < $1.0 }
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.1 <= $1.0 })
        print(
            "\(name): \(fires.count) fires, \(runs.count) runs, \(fires.filter { $0.attempts > 1 }.count) claimed twice"
        )
    }

    @Test("a fire whose runner was killed is gone on with by another one, to the same result")
    func killedRunner() async throws {
        let reference = try await ScheduleRig.with(whole(), anime: 30, users: 6) { rig in
            let result = try await rig.animematcher("schedule", "run", "whole")
            #expect(result.status == 0, "\(result.errors)")
            return Set(try await rig.rig.entries().keys)
        }
        try await ScheduleRig.with(whole(Date() + 3_600), anime: 30, users: 6) { rig in
            let runner = try await rig.start("animematcher", ["schedule", "run", "whole", "--lease", "3"])
            try await rig.requests(20, or: runner)
            runner.signal(SIGKILL)
            #expect(await runner.exit() == SIGKILL)
            let scheduler = try await rig.scheduler(lease: 10)
            try await rig.eventually("the fire is done") { try await count(rig, "done") == 1 }
            scheduler.signal(SIGTERM)
            #expect(await scheduler.exit() == 0)
            let fire = try #require(try await rig.fires.latest(of: "whole").first)
            #expect((fire.state, fire.attempts) == (.done, 2), "\(scheduler.errors)")
            #expect(Set(try await rig.rig.entries().keys) == reference)
            let changes = try await rig.rig.database.changes.changes(after: 0, limit: 10_000).filter {
                $0.subject != .anime
            }
            let inserts = changes.filter { $0.operation == .insert }
            #expect(Set(inserts.map(\.key)).count == inserts.count)
            // A profile adds to the list that was stored before.
            let additions = changes.filter { $0.operation != .insert }
            #expect(additions.allSatisfy { $0.fields.allSatisfy { ["statistics", "favorites"].contains($0.name) } })
            #expect(Set(additions.map(\.key)).count == additions.count)
        }
    }

    @Test("a runner stopped past its lease finds its fire taken over, and writes nothing more about it")
    func stoppedRunner() async throws {
        try await ScheduleRig.with(whole(Date() + 3_600), anime: 30, users: 6) { rig in
            let runner = try await rig.start("animematcher", ["schedule", "run", "whole", "--lease", "3"])
            try await rig.requests(20, or: runner)
            runner.signal(SIGSTOP)
            let scheduler = try await rig.scheduler(lease: 10)
            try await rig.eventually("the fire is done") { try await count(rig, "done") == 1 }
            let fire = try #require(try await rig.fires.latest(of: "whole").first)
            runner.signal(SIGCONT)
            #expect(await runner.exit() == 1, "\(runner.errors)")
            #expect(runner.errors.contains("this crawl stops"))
            #expect(runner.errors.contains("was lost: somebody else runs it"))
            #expect(try await rig.fires.latest(of: "whole").first == fire)
            scheduler.signal(SIGTERM)
            #expect(await scheduler.exit() == 0)
        }
    }

    @Test("while a site is crawled, a fire that may be skipped is left out, with the reason")
    func overlap() async throws {
        let schedules = """
            \(whole(Date() + 3_600))
              - {name: other, site: demo, every: 2s, overlap: skip, crawl: {start: "ORIGIN/anime/1", limit: 1}}
            """
        try await ScheduleRig.with(schedules, anime: 30, users: 6, behaviour: "delay ms=100") { rig in
            let crawl = try await rig.start("animematcher", ["schedule", "run", "whole"])
            try await rig.requests(5, or: crawl)
            let scheduler = try await rig.scheduler(lease: 30)
            try await rig.eventually("one is left out") {
                try await rig.documents("fires", ["schedule": "other", "state": "skipped"]).count >= 1
            }
            #expect(crawl.isRunning)
            let skipped = try await rig.fires.latest(of: "other", limit: 100).last
            #expect(skipped?.reason == "the site is being crawled by another fire")
            for process in [crawl, scheduler] {
                process.signal(SIGTERM)
                #expect(await process.exit() == 0)
            }
        }
    }

    @Test("definitions are taken on while the scheduler runs; with a broken file fires wait")
    func reload() async throws {
        func often(_ name: String) -> String {
            "  - {name: \(name), site: demo, every: 1s, crawl: {start: \"ORIGIN/anime/1\", limit: 1}}"
        }
        try await ScheduleRig.with(often("first")) { rig in
            let scheduler = try await rig.scheduler(lease: 30)
            try await rig.eventually("the first one is done") { try await count(rig, "done") >= 1 }
            try rig.write("  - {name: first, every: often}")
            try await rig.eventually("the mistake is said") { scheduler.errors.contains("animematcher.yaml:2:") }
            try await rig.eventually("its fires come up and wait") { try await count(rig, "due") >= 1 }
            // A crawl that was just about to begin may say it as well.
            #expect(scheduler.errors.ranges(of: "expected a time with its unit").count <= 2, "\(scheduler.errors)")
            #expect(try await count(rig, "failed") == 0)
            try rig.write(often("second"))
            try await rig.eventually("the second one is done") {
                try await rig.documents("fires", ["schedule": "second", "state": "done"]).count >= 1
            }
            scheduler.signal(SIGTERM)
            #expect(await scheduler.exit() == 0)
        }
    }

    @Test("a scheduler told to end stops its crawl; the fire is due again, and the next scheduler goes on with it")
    func shutDown() async throws {
        try await ScheduleRig.with(whole(), anime: 40, users: 10, behaviour: "delay ms=100") { rig in
            let first = try await rig.scheduler(lease: 30)
            try await rig.requests(15, or: first)
            first.signal(SIGTERM)
            #expect(await first.exit() == 0)
            let fire = try #require(try await rig.fires.latest(of: "whole").first)
            #expect((fire.state, fire.attempts) == (.due, 0), "\(first.errors)")
            #expect(fire.run != nil)
            let asked = Set(rig.rig.site.log.settledEntries().map(\.path))
            rig.rig.site.log.clear()
            let second = try await rig.scheduler(lease: 30)
            try await rig.eventually("the fire is done") { try await count(rig, "done") == 1 }
            second.signal(SIGTERM)
            #expect(await second.exit() == 0)
            // It went on: nothing but what was under way, and robots.txt, is asked for again.
            let again = Set(rig.rig.site.log.settledEntries().map(\.path)).intersection(asked).subtracting([
                "/robots.txt"
            ])
            #expect(again.count <= 2, "\(again)")
        }
    }
}
