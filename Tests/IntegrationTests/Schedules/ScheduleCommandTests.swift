import CrawlDomain
import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ScheduleCommandTests {
    private static let schedules = """
          - {name: nightly, site: demo, cron: "30 2 * * *", zone: Europe/Berlin, crawl: {start: "ORIGIN/anime/1", limit: 1}}
          - {name: nobody, site: demo2, cron: "@monthly", crawl: {start: "http://127.0.0.1:1/anime/1", limit: 1}}
        """

    @Test("a run by hand is recorded as a fire, with what became of it")
    func byHand() async throws {
        try await ScheduleRig.with(Self.schedules) { rig in
            let run = try await rig.animematcher("schedule", "run", "nightly", "--json")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.object.number("counters.pages") == 1)
            let list = try await rig.animematcher("schedule", "list", "--json")
            let rows = Dictionary(list.objects.map { ($0["name"] as? String ?? "", $0) }, uniquingKeysWith: { $1 })
            let last = try #require(rows["nightly"]?["last"] as? [String: Any])
            #expect(last["state"] as? String == "done")
            #expect(last["kind"] as? String == "manual")
            #expect(last["run"] as? String == run.object["run"] as? String)
            #expect(rows["nobody"]?["last"] is NSNull)
            let shown = try await rig.animematcher("schedule", "list")
            #expect(shown.lines.count == 3)
            #expect(shown.lines[2].contains("nightly") || shown.lines[1].contains("nightly"))
            #expect(shown.output.contains("30 2 * * *  Europe/Berlin"))
        }
    }

    @Test("it ends with the crawl's exit code, and says why in the list")
    func failure() async throws {
        try await ScheduleRig.with(Self.schedules) { rig in
            let run = try await rig.animematcher("schedule", "run", "nobody")
            #expect(run.status == 1)
            let fire = try #require(try await rig.fires.latest(of: "nobody").first)
            #expect(fire.state == .failed)
            #expect(fire.reason?.contains("127.0.0.1:1 is left alone") == true, "\(fire)")
        }
    }

    @Test("a run by hand waits for no runner that died, also where no scheduler tells it so")
    func deadRunner() async throws {
        let schedules = """
              - {name: whole, site: demo, every: 1d, crawl: {start: "ORIGIN/topanime.php"}}
              - {name: one, site: demo, every: 1d, overlap: skip, crawl: {start: "ORIGIN/anime/1", limit: 1}}
            """
        // Much more than is crawled while the other command starts, however slow the machine is.
        try await ScheduleRig.with(schedules, anime: 600, behaviour: "delay ms=50") { rig in
            let victim = try await rig.start("animematcher", ["schedule", "run", "whole", "--lease", "3"])
            try await rig.requests(5, or: victim)
            let early = try await rig.animematcher("schedule", "run", "one")
            #expect(early.status == 1)
            #expect(early.errors.contains("of the same site is being run"), "\(early.errors)")
            victim.signal(SIGKILL)
            #expect(await victim.exit() == SIGKILL)
            try await rig.eventually("its lease ends, and the next one runs") {
                try await rig.animematcher("schedule", "run", "one").status == 0
            }
            #expect(try await rig.fires.latest(of: "whole").first?.state == .due)
        }
    }

    @Test("a fire of a time is run once, and only of a time that the schedule names")
    func once() async throws {
        try await ScheduleRig.with(Self.schedules) { rig in
            let arguments = ["schedule", "run", "nightly", "--time", "2026-01-02T01:30:00Z"]
            func run(_ arguments: [String]) async throws -> Program.Result {
                try await Program("animematcher", environment: rig.environment).run(arguments)
            }
            #expect(try await run(arguments).status == 0)
            let again = try await run(arguments)
            #expect(again.status == 1)
            #expect(again.errors.contains("every fire is run once"))
            let other = try await run(arguments.dropLast() + ["2026-01-02T02:30:00Z"])
            #expect(other.status == 1)
            #expect(other.errors.contains("the next one is at 2026-01-03T01:30:00Z"))
            #expect(try await run(arguments.dropLast() + ["tomorrow"]).status == 64)
            let early = try await run(arguments.dropLast() + ["2099-01-02T01:30:00Z"])
            #expect(early.status == 1 && early.errors.contains("expected a time that has come"), "\(early.errors)")
            let unknown = try await run(["schedule", "run", "nightlyy"])
            #expect(unknown.status == 1)
            #expect(unknown.errors.contains("there are nightly, nobody"))
        }
    }

    @Test("the calendar shows the zone's own clock, also in the night it changes")
    func calendar() async throws {
        try await ScheduleRig.with(Self.schedules) { rig in
            let next = try await rig.animematcher(
                "schedule", "next", "nightly", "--from", "2026-03-28T12:00:00Z", "--days", "2")
            #expect(
                next.lines == [
                    "2026-03-29 Sun", "  03:00  nightly  demo  Europe/Berlin", "2026-03-30 Mon",
                    "  02:30  nightly  demo  Europe/Berlin",
                ])
            let json = try await rig.animematcher(
                "schedule", "next", "--from", "2026-03-28T12:00:00Z", "--days", "5", "--json")
            #expect(json.objects.map { $0["name"] as? String }.filter { $0 == "nobody" }.count == 1)
            #expect(json.objects.first?["start"] as? String == "2026-03-29T01:00:00Z")
        }
    }

    @Test("a paused schedule says so, and goes on when resumed")
    func pause() async throws {
        try await ScheduleRig.with(Self.schedules) { rig in
            func status() async throws -> String? {
                try await rig.animematcher("schedule", "list", "--json").objects
                    .first { $0["name"] as? String == "nightly" }?["status"] as? String
            }
            let paused = try await rig.animematcher("schedule", "pause", "nightly")
            #expect(paused.status == 0, "\(paused.errors)")
            #expect(try await status() == "paused")
            #expect(try await rig.animematcher("schedule", "resume", "nightly").status == 0)
            #expect(try await status() == "on")
            #expect(try await rig.animematcher("schedule", "pause", "unknown").status == 1)
        }
    }

    @Test("a scheduler without schedules says so and idles")
    func idle() async throws {
        try await CrawlRig.with(anime: 1, users: 0) { rig in
            let program = Program("animematcher-serve", environment: rig.environment)
            let scheduler = try await RunningProgram(program, ["--roles", "schedule"])
            while scheduler.isRunning, !scheduler.errors.contains("no schedule is defined") {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(scheduler.isRunning, "\(scheduler.errors)")
            scheduler.signal(SIGTERM)
            #expect(await scheduler.exit() == 0)
        }
    }
}

@Suite
struct ScheduledCrawlOptionsTests {
    /// Options of `crawl` that a schedule has no say in.
    private static let others: Set<String> = [
        "resume", "json", "config", "mongodb", "database", "log-level", "log-format", "version", "help",
    ]

    @Test("a schedule may give every option of crawl, and no other")
    func known() async throws {
        let help = try await Program("animematcher").run(["crawl", "--help"])
        let options = Set(help.output.matches(of: /(?m)^ {2}(?:-\w, )?--([a-z-]+)/).map { String($0.1) })
            .subtracting(Self.others)
        #expect(options.count >= 8, "\(help.output)")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("options-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("c.yaml").path
        let crawl = (options.sorted() + ["no-such-option"]).map { "\($0): 1" }.joined(separator: ", ")
        try Data("schedules: [{name: a, site: demo, every: 1d, crawl: {\(crawl)}}]".utf8)
            .write(to: URL(fileURLWithPath: file))
        let next = try await Program("animematcher").run(["schedule", "next", "--config", file])
        // One mistake: the option that there is not. Another one means that ScheduledCrawlOption lags behind the command.
        let mistakes = next.errors.split(separator: "\n").filter { $0.contains("unknown option of crawl") }
        #expect(mistakes.count == 1, "\(next.errors)")
        let listed = mistakes.first?.split(separator: "expected one of ").last?.split(separator: ", ").map(String.init)
        #expect(Set(listed ?? []) == options)
    }
}
