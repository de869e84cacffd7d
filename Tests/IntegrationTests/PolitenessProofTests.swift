import DemoSite
import Foundation
import TestSupport
import Testing

/// What the sites' access log says of the promise in DESIGN, section 6.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct PolitenessProofTests {
    @Test("each host's Crawl-delay is kept, robots.txt included")
    func crawlDelay() async throws {
        try await PolitenessRig.with(crawlDelay: 0.15) { rig in
            _ = try await rig.crawl(rig.starts() + ["--limit", "24"])
            rig.expectGaps(of: 0.15, perHost: true, atLeast: 26)
        }
    }

    @Test("each host's Request-rate is kept, and the slower of it and the Crawl-delay")
    func requestRate() async throws {
        try await PolitenessRig.with(crawlDelay: 0.1, requestRate: "2/1s") { rig in
            _ = try await rig.crawl(rig.starts() + ["--limit", "10"])
            rig.expectGaps(of: 0.5, perHost: true, atLeast: 12)
        }
    }

    @Test(
        "two hosts at one address take turns, and so do two hosts of one site",
        arguments: ["address_delay", "site_delay"])
    func shared(setting: String) async throws {
        try await PolitenessRig.with(configuration: "{\(setting): 150ms}") { rig in
            _ = try await rig.crawl(rig.starts() + ["--limit", "20"])
            rig.expectGaps(of: 0.15, atLeast: 22)
            #expect(Set(rig.log.entries.map(\.host)).count == 2)
        }
    }

    @Test("redirects and errors take turns as well")
    func misbehaving() async throws {
        let behaviour = "redirect to=/topanime.php every=5 path=/anime/*; 500 every=4 path=/anime/*"
        try await PolitenessRig.with(configuration: "{address_delay: 150ms}", behaviour: behaviour) { rig in
            _ = try await rig.crawl(rig.starts() + ["--limit", "16"])
            rig.expectGaps(of: 0.15, atLeast: 16)
        }
    }

    @Test("two processes share an address, and one of them may die in the middle of the gap")
    func processes() async throws {
        try await PolitenessRig.with(configuration: "{address_delay: 400ms}", anime: 30) { rig in
            let victim = try await RunningProgram(rig.program, ["crawl", "demo"] + rig.starts(0..<1))
            async let other = rig.crawl(rig.starts(1..<2) + ["--limit", "14"])
            // The victim's last answer has ended, and the gap after it has begun.
            while rig.log.entries.filter({ $0.host.hasSuffix(":\(rig.sites[0].port)") }).count < 4 {
                await Task.yield()
            }
            try await Task.sleep(for: .milliseconds(100))
            victim.signal(SIGKILL)
            _ = await victim.exit()
            _ = try await other
            rig.expectGaps(of: 0.4, atLeast: 16)
        }
    }

    @Test("a host whose crawl is killed in the middle of a gap is asked by the next one when the gap has passed")
    func killed() async throws {
        try await PolitenessRig.with(configuration: "{delay: 2s}") { rig in
            let victim = try await RunningProgram(rig.program, ["crawl", "demo"] + rig.starts(0..<1))
            while rig.log.entries.count < 3 { await Task.yield() }
            victim.signal(SIGKILL)
            let before = rig.log.entries.count
            _ = try await rig.crawl(["--resume", "--limit", "3"])
            rig.expectGaps(of: 2, atLeast: before + 3)
        }
    }
}

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct DailyBudgetCrawlTests {
    @Test("a site's daily budget ends the run and says when it goes on; the next run that day asks nothing")
    func site() async throws {
        try await PolitenessRig.with(configuration: "{daily_budget: 9}") { rig in
            let first = try await rig.crawl(rig.starts())
            #expect(rig.log.settledEntries().count == 9)
            let reason = first.object["reason"] as? String ?? ""
            #expect(reason.contains("the daily budget of 9 requests is used up; it goes on at "), "\(reason)")
            #expect(reason.hasSuffix("T00:00:00Z"))
            let second = try await rig.crawl(["--resume"])
            #expect(rig.log.settledEntries().count == 9)
            #expect((second.object["reason"] as? String)?.contains("daily budget") == true)
        }
    }

    @Test("all workers together stay within the budget, also when one of them is killed")
    func workers() async throws {
        try await PolitenessRig.with(configuration: "{daily_budget: 30, delay: 50ms}", anime: 60) { rig in
            let victim = try await RunningProgram(rig.program, ["crawl", "demo"] + rig.starts(0..<1))
            async let other = rig.crawl(rig.starts(1..<2))
            while rig.log.entries.filter({ $0.host.hasSuffix(":\(rig.sites[0].port)") }).count < 4 {
                await Task.yield()
            }
            victim.signal(SIGKILL)
            _ = try await other
            let spent = rig.log.settledEntries().count
            #expect(spent <= 30 && spent >= 25)
        }
    }

    @Test("a host's daily budget leaves that host alone until tomorrow, and others not")
    func host() async throws {
        try await PolitenessRig.with(configuration: "{host_daily_budget: 5}") { rig in
            let run = try await rig.crawl(rig.starts())
            let byHost = Dictionary(grouping: rig.log.settledEntries(), by: \.host).mapValues(\.count)
            #expect(byHost.values.sorted() == [5, 5], "\(byHost)")
            let reason = run.object["reason"] as? String ?? ""
            #expect(reason.contains("is left alone: its daily budget of 5 requests is used up"), "\(reason)")
            // Who comes later, and can ask nobody, learns why.
            let later = try await rig.program.run(["crawl", "demo", "--resume", "--json"])
            let left = later.object["reason"] as? String ?? ""
            #expect(
                later.status == 1 && left.contains("is left alone: its daily budget of 5 requests is used up"),
                "\(left)")
        }
    }
}

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct BlockedCrawlTests {
    /// Crawls one misbehaving host; what was asked for besides robots.txt, and what the program says of it.
    private func crawl(_ behaviour: String) async throws -> (pages: Int, reason: String, status: String) {
        try await PolitenessRig.with(behaviour: behaviour) { rig in
            let result = try await rig.program.run(["crawl", "demo", "--json"] + rig.starts(0..<1))
            let status = try await rig.program.run(["frontier", "status", "demo"])
            let pages = rig.log.settledEntries().filter { $0.path != "/robots.txt" }.count
            return (pages, result.object["reason"] as? String ?? "", status.output)
        }
    }

    @Test("a challenge ends the visit at once; it is shown, and not tried again")
    func challenge() async throws {
        let (pages, reason, status) = try await crawl("challenge path=/anime/*")
        #expect(pages == 2)
        #expect(reason.contains("is left alone: blocked us"), "\(reason)")
        #expect(status.contains("blocked us") && status.contains("until"), "\(status)")
    }

    @Test(
        "three refused pages in a row, or three empty ones of five, are a block",
        arguments: [("403", "refused"), ("empty", "empty or reduced"), ("login", "refused")])
    func several(fault: String, said: String) async throws {
        let (pages, reason, status) = try await crawl("\(fault) path=/anime/*")
        #expect(pages == 4)
        #expect(reason.contains(said), "\(reason)")
        #expect(status.contains(said), "\(status)")
    }

    @Test("a page that is refused among good ones is that page's", arguments: ["403", "login"])
    func single(fault: String) async throws {
        let (pages, reason, status) = try await crawl("\(fault) path=/anime/* every=4")
        #expect(pages > 12)
        #expect(!reason.contains("left alone"), "\(reason)")
        #expect(!status.contains("until"))
        // It is asked again, hours later.
        #expect(!status.contains("retry: 0"), "\(status)")
    }
}
