import CrawlDomain
import Foundation
import Testing

@testable import CrawlEngine

@Suite struct CrawlMonitorTests {
    private let now = ContinuousClock.now

    @Test("a paused site pauses all hosts, a paused host only itself; the time of a site's pause is no working time")
    func pauses() {
        let monitor = CrawlMonitor()
        let start = now
        #expect(monitor.mayAsk("a"))
        monitor.obey(CrawlInstructions(hosts: ["a": .init(pause: Pause(since: Date()))]), now: start)
        #expect(!monitor.mayAsk("a"))
        #expect(monitor.mayAsk("b"))
        monitor.obey(CrawlInstructions(pause: Pause(since: Date())), now: start + .seconds(10))
        #expect(!monitor.mayAsk("b"))
        let before = monitor.workingTime(now: start + .seconds(10))
        #expect(monitor.workingTime(now: start + .seconds(500)) == before)
        monitor.obey(CrawlInstructions(pause: Pause(since: Date())), now: start + .seconds(600))
        monitor.obey(CrawlInstructions(), now: start + .seconds(1_010))
        #expect(monitor.workingTime(now: start + .seconds(1_020)) == before + .seconds(10))
    }

    @Test("the host's own delay wins over the site's")
    func delays() {
        let instructions = CrawlInstructions(delaySeconds: 8, hosts: ["a": .init(delaySeconds: 2)])
        #expect(instructions.delay(of: "a") == .seconds(2))
        #expect(instructions.delay(of: "b") == .seconds(8))
        #expect(CrawlInstructions().delay(of: "b") == nil)
    }

    @Test("the first reason to end counts, and nothing is asked after it")
    func ending() {
        let monitor = CrawlMonitor(conditions: CloseConditions(items: 1))
        var summary = CommitSummary()
        summary.inserted = 3
        monitor.note(stored: [], summary)
        monitor.stop("stopped by somebody")
        #expect(monitor.ending == .closed(.items(1)))
        #expect(!monitor.mayAsk("a"))
    }

    @Test("links that are over a budget are counted and not taken for known")
    func refusedLinks() throws {
        let monitor = CrawlMonitor()
        var summary = CommitSummary()
        summary.refused = ["urls_per_path": 4]
        monitor.note(stored: [], summary)
        monitor.note(stored: [], summary)
        #expect(monitor.counters.refused == ["urls_per_path": 8])
    }

    @Test("a turn that hosts share bounds the run, and what is left where every request takes it")
    func sharedTurns() {
        let (monitor, start) = (CrawlMonitor(), now)
        let site = Turn(.site, name: "demo", site: "demo", gap: .seconds(2))
        let address = Turn(.address, name: "192.0.2.1", site: "demo", gap: .seconds(5))
        for second in 0..<6 {
            let begin = start + .seconds(second)
            monitor.noteRequest(
                to: second.isMultiple(of: 2) ? "a" : "b", sharing: second < 2 ? [site, address] : [site], from: begin,
                until: begin + .milliseconds(500))
        }
        // Five gaps of the site and six answers; no host alone has a promise.
        #expect(abs(monitor.efficiency().boundSeconds - 13) < 1e-9)
        #expect(monitor.sharedDelay == 2)
        #expect(Set(monitor.paces.map(\.host)) == ["a", "b"])
        monitor.noteRequest(to: "c", from: start, until: start)
        #expect(monitor.sharedDelay == 0)
    }

    @Test("refreshing takes its share of the time, however long it takes", arguments: [1, 100, 60_000])
    func refresh(milliseconds: Int) {
        let (cost, pace) = (Duration.milliseconds(milliseconds), RefreshPace(share: 0.02))
        let pause = pace.pause(after: cost)
        #expect(pause >= .seconds(1))
        #expect(cost / (cost + pause) <= 0.0200001)
    }
}
