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

    @Test("refreshing takes its share of the time, however long it takes", arguments: [1, 100, 60_000])
    func refresh(milliseconds: Int) {
        let (cost, pace) = (Duration.milliseconds(milliseconds), RefreshPace(share: 0.02))
        let pause = pace.pause(after: cost)
        #expect(pause >= .seconds(1))
        #expect(cost / (cost + pause) <= 0.0200001)
    }
}
