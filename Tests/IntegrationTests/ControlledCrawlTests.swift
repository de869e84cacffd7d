import DemoSite
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.serialized, .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ControlledCrawlTests {
    private func control(_ rig: CrawlRig, _ arguments: String...) async throws -> [String: Any] {
        let result = try await rig.animematcher(["control"] + arguments + ["--json"])
        #expect(result.status == 0, "\(result.errors)")
        return result.object
    }

    private func requests(_ rig: CrawlRig) -> [AccessLogEntry] {
        rig.site.log.settledEntries().sorted { $0.arrived < $1.arrived }
    }

    /// Makes crawls so slow that a command comes in time however busy the machine is; nil lets them go.
    private func slow(_ rig: CrawlRig, _ delay: Double?) async throws {
        try await rig.database.control.setDelay(.site("demo"), delay)
    }

    private var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) }

    /// The longest time an instruction may take to be heard; the crawl looks every second.
    private static let hearing: Int64 = 10_000_000

    @Test(
        "a paused crawl asks nothing until it is resumed from another process, and then goes on to its end",
        arguments: [true, false])
    func pause(ofHost: Bool) async throws {
        try await CrawlRig.with(anime: 12, users: 4) { rig in
            try await slow(rig, 2)
            let crawl = try await RunningCrawl(rig, rig.starts)
            try await eventually("the crawl begins") { rig.site.log.entries.count >= 3 }
            let host = ofHost ? ["--host", "127.0.0.1:\(rig.site.port)"] : []
            let paused = try await rig.animematcher(["control", "pause", "demo", "--reason", "a test"] + host)
            #expect(paused.status == 0, "\(paused.errors)")
            let asked = now
            // Quiet for three times the crawl's own look at its instructions.
            try await eventually("requests cease") { requests(rig).last.map { now - $0.finished > 3_000_000 } ?? false }
            #expect(requests(rig).allSatisfy { $0.arrived < asked + Self.hearing })
            #expect(crawl.isRunning)
            let quiet = requests(rig).count
            let status = try await control(rig, "status", "demo")
            #expect((status["running"] as? [Any])?.count == 1)
            let reason =
                ofHost
                ? ((status["instructed_hosts"] as? [String: Any])?.values.first as? [String: Any])?["paused"]
                : status["paused"]
            #expect((reason as? [String: Any])?["reason"] as? String == "a test")
            try await slow(rig, nil)
            _ = try await rig.animematcher(["control", "resume", "demo"] + host)
            let summary = try await crawl.end()
            #expect(requests(rig).count > quiet)
            #expect(summary["state"] as? String == "finished")
            #expect(try await rig.entries().count == rig.site.catalogue?.anime.count)
        }
    }

    @Test("a crawl that begins while its site is paused asks nothing, says so and fails")
    func pausedBefore() async throws {
        try await CrawlRig.with(anime: 5, users: 0) { rig in
            _ = try await control(rig, "pause", "demo", "--reason", "closed for repairs")
            let result = try await rig.animematcher(["crawl", "demo", "--json"] + rig.starts)
            #expect(result.status == 1)
            #expect(requests(rig).isEmpty)
            #expect((result.object["reason"] as? String)?.contains("closed for repairs") == true)
            #expect((result.object["paused"] as? [String: Any])?["reason"] as? String == "closed for repairs")
        }
    }

    @Test("a crawl told to stop ends soon, and what is left is taken up by the next one")
    func stop() async throws {
        try await CrawlRig.with(anime: 20, users: 4) { rig in
            try await slow(rig, 2)
            let crawl = try await RunningCrawl(rig, rig.starts)
            try await eventually("the crawl begins") { rig.site.log.entries.count >= 3 }
            let stopped = try await control(rig, "stop", "demo")
            #expect((stopped["stopping"] as? [String])?.count == 1)
            let summary = try await crawl.end()
            #expect(summary["state"] as? String == "stopped")
            #expect((summary["reason"] as? String)?.contains("control stop") == true)
            #expect(try await rig.entries().count < 20)
            // The order was for that run only.
            try await slow(rig, nil)
            let next = try await rig.crawl(["--resume", "--limit", "2"])
            #expect(next["state"] as? String == "finished")
        }
    }

    @Test("a longer delay holds from its hearing on; one below the promise is refused with the promise")
    func rate() async throws {
        try await CrawlRig.with(anime: 60, users: 4, crawlDelay: 0.5) { rig in
            let crawl = try await RunningCrawl(rig, rig.starts)
            try await eventually("status knows the promise") {
                let hosts = try await control(rig, "status", "demo")["hosts"] as? [[String: Any]]
                return hosts?.first?["promise_seconds"] as? Double == 0.5
            }
            let refused = try await rig.animematcher("control", "rate", "demo", "--delay", "200ms")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("is promised 0.5 s (robots.txt)"))
            _ = try await control(rig, "rate", "demo", "--delay", "1500ms")
            try await eventually("status knows the delay and its reason") {
                let hosts = try await control(rig, "status", "demo")["hosts"] as? [[String: Any]]
                return hosts?.first?["delay_reason"] as? String == "the operator"
            }
            let before = requests(rig).count
            try await eventually("four requests more") { requests(rig).count >= before + 4 }
            let after = requests(rig).dropFirst(before)
            for (earlier, later) in zip(after, after.dropFirst()) {
                #expect(later.arrived - earlier.finished >= 1_500_000)
            }
            _ = try await control(rig, "rate", "demo", "--promised")
            try await eventually("the promise holds again, and its reason") {
                let hosts = try await control(rig, "status", "demo")["hosts"] as? [[String: Any]]
                return hosts?.first?["delay_reason"] as? String == "robots.txt"
            }
            _ = try await control(rig, "stop", "demo")
            let summary = try await crawl.end()
            let entries = requests(rig)
            for (earlier, later) in zip(entries, entries.dropFirst()) {
                #expect(later.arrived - earlier.finished >= 500_000, "\(earlier.path) → \(later.path)")
            }
            let efficiency = try #require((summary["efficiency"] as? [String: Any])?["reached"] as? Double)
            #expect(efficiency > 0 && efficiency <= 1)
        }
    }

    @Test("URLs added to a running crawl, and pages to be asked again, come within seconds though much is waiting")
    func work() async throws {
        try await CrawlRig.with(anime: 60, users: 4, crawlDelay: 0.5) { rig in
            let crawl = try await RunningCrawl(rig, ["--start", "\(rig.origin)/topanime.php"])
            try await eventually("an entry is stored") { try await !rig.entries().isEmpty }
            try await slow(rig, 2)
            let known = try #require(requests(rig).first { $0.path.hasPrefix("/anime/") && $0.status == 200 }).path
            let unknown = "/users.php?show=0"
            let added = try await rig.animematcher("frontier", "add", "demo", rig.origin + unknown)
            let again = try await rig.animematcher(
                "frontier", "recrawl", "demo", rig.origin + known, "--whole", "--json")
            #expect(added.status == 0 && again.status == 0, "\(added.errors)\(again.errors)")
            #expect(again.object["due"] as? Int == 1)
            let asked = now
            try await eventually("both are asked for") {
                let since = requests(rig).filter { $0.arrived > asked }
                return since.contains { $0.path == unknown } && since.contains { $0.path == known }
            }
            // Of the dozens of URLs that waited, with two seconds each, only those leased already came before.
            let between = requests(rig).filter { $0.arrived > asked }.prefix { $0.path != unknown && $0.path != known }
            #expect(between.count <= 10)
            _ = try await control(rig, "stop", "demo")
            _ = try await crawl.end()
        }
    }

    @Test("a killed run is shown as running until it counts as lost, and the others end where they are told to")
    func killed() async throws {
        try await CrawlRig.with(anime: 20, users: 4, crawlDelay: 0.2) { rig in
            let crawl = try await RunningCrawl(rig, rig.starts)
            try await eventually("the crawl begins") { rig.site.log.entries.count >= 3 }
            await crawl.kill()
            let running = try #require(try await control(rig, "status", "demo")["running"] as? [[String: Any]])
            #expect(running.count == 1)
            #expect(running[0]["state"] as? String == "running")
            let closed = try await rig.database.control.closeLostRuns(site: "demo", unseenFor: .seconds(-1))
            #expect(closed == [running[0]["run"] as? String])
            let ended = try await control(rig, "status", "demo")["ended"] as? [[String: Any]]
            #expect(ended?.first?["reason"] as? String == "the process died")
        }
    }

    @Test("close conditions end a run as finished and say which it was")
    func closeConditions() async throws {
        try await CrawlRig.with(anime: 20, users: 4) { rig in
            let items = try await rig.crawl(rig.starts + ["--max-items", "3"])
            #expect(items["state"] as? String == "finished")
            #expect((items["reason"] as? String)?.hasPrefix("max-items") == true)
            let pages = try await rig.crawl(["--resume", "--limit", "2"])
            #expect(pages["reason"] as? String == "limit: 2 pages reached")
            #expect(pages.number("counters.pages") == 2)
        }
        try await CrawlRig.with(anime: 20, users: 4, crawlDelay: 0.2) { rig in
            let time = try await rig.crawl(rig.starts + ["--max-time", "2s"])
            #expect(time["reason"] as? String == "max-time: 2 s are over")
        }
    }

    @Test("options that mean nothing are refused with what is expected")
    func badOptions() async throws {
        try await CrawlRig.with(anime: 1, users: 0) { rig in
            for (arguments, expected) in [
                (["crawl", "demo", "--max-time", "soon"], "a time such as"),
                (["crawl", "demo", "--no-new-items=-3"], "a number of pages"),
                (["crawl", "demo", "--no-new-items", "0"], "a number of pages"),
                (["control", "rate", "demo"], "either --delay or --promised"),
                (["control", "pause", "nosuchsite"], "there is no such spider"),
                (["control", "pause", "demo", "--host", "nobody:1"], "no host that a crawl of demo knows"),
                (["control", "stop", "demo", "--run", "x"], "no run of demo that is under way"),
                (["frontier", "recrawl", "demo", "--page", "nosuchpage"], "expected one of"),
            ] {
                let result = try await rig.animematcher(arguments)
                #expect(result.status != 0)
                #expect(result.errors.contains(expected), "\(result.errors)")
            }
        }
    }
}
