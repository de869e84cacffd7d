import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MongoControlTests {
    private let host = "127.0.0.1:8001"

    @Test("nothing is asked of a site nobody has spoken of")
    func empty() async throws {
        try await TemporaryDatabase.with { temporary in
            let asked = try await temporary.database.control.instructions(site: "demo")
            #expect(asked == CrawlInstructions())
        }
    }

    @Test("a pause of a site lasts until it is taken back, with its time and reason")
    func site() async throws {
        try await TemporaryDatabase.with { temporary in
            let control = temporary.database.control
            try await control.setPaused(.site("demo"), true, reason: "they asked")
            try await control.setDelay(.site("demo"), 8)
            let asked = try await control.instructions(site: "demo")
            let pause = try #require(asked.pause)
            #expect(pause.reason == "they asked")
            #expect(abs(pause.since.timeIntervalSinceNow) < 60)
            #expect(asked.delaySeconds == 8)
            #expect(try await control.instructions(site: "other") == CrawlInstructions())
            try await control.setPaused(.site("demo"), false)
            try await control.setDelay(.site("demo"), nil)
            #expect(try await control.instructions(site: "demo") == CrawlInstructions())
        }
    }

    @Test("a paused host is leased by nobody and waited for by nobody, and resumed it is as before")
    func pausedHost() async throws {
        try await TemporaryDatabase.with { temporary in
            let (control, frontier) = (temporary.database.control, temporary.database.frontier)
            #expect(try await control.setPaused(.host(host, site: "demo"), true) == false)
            _ = try await frontier.add([Samples.url("/anime/1")])
            #expect(try await control.setPaused(.host(host, site: "demo"), true))
            #expect(try await control.instructions(site: "demo").pausedHosts == [host])
            #expect(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60) == nil)
            #expect(try await frontier.nextDue(site: "demo") == nil)
            try await control.setPaused(.host(host, site: "demo"), false)
            #expect(try await control.instructions(site: "demo").hosts.isEmpty)
            #expect(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60) != nil)
        }
    }

    @Test("instructions for a host outlive its lease and what is remembered with it")
    func releasedHost() async throws {
        try await TemporaryDatabase.with { temporary in
            let (control, frontier) = (temporary.database.control, temporary.database.frontier)
            _ = try await frontier.add([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            try await control.setPaused(.host(host, site: "demo"), true, reason: "slow")
            try await control.setDelay(.host(host, site: "demo"), 2.5)
            try await frontier.release(lease, memory: HostMemory(delaySeconds: 1))
            let asked = try #require(try await control.instructions(site: "demo").hosts[host])
            #expect(asked.pause?.reason == "slow")
            #expect(asked.delaySeconds == 2.5)
        }
    }

    @Test("stop orders name runs, and old ones are forgotten")
    func stop() async throws {
        try await TemporaryDatabase.with { temporary in
            let control = temporary.database.control
            for number in 0..<120 { try await control.stop(site: "demo", runs: ["run-\(number)"]) }
            let stopped = try await control.instructions(site: "demo").stoppedRuns
            #expect(stopped.count == 100)
            #expect(stopped.contains("run-119"))
            #expect(!stopped.contains("run-0"))
        }
    }

    @Test("the backlog counts what waits on each host, and knows who is paused")
    func backlog() async throws {
        try await TemporaryDatabase.with { temporary in
            let (control, frontier) = (temporary.database.control, temporary.database.frontier)
            _ = try await frontier.add([
                Samples.url("/1"), Samples.url("/2"), Samples.url("/1", host: "127.0.0.1:8002"),
            ])
            try await control.setPaused(.host("127.0.0.1:8002", site: "demo"), true)
            let backlog = try await control.backlog(site: "demo")
            #expect(backlog.map(\.host) == [host, "127.0.0.1:8002"])
            #expect(backlog.map(\.waiting) == [2, 1])
            #expect(backlog.map(\.isPaused) == [false, true])
        }
    }
}
