import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("RobotsGate")
struct RobotsGateTests {
    private let midnight = Date(timeIntervalSince1970: 86_400 * 20_000)

    private func gate(_ text: String, status: Int? = 200) -> RobotsGate {
        RobotsGate(.init(status: status, body: Array(text.utf8), fetchedAt: midnight), agent: "AnimeMatcher")
    }

    @Test("outside its Visit-time a host is left alone until it opens")
    func hours() {
        let gate = gate("User-agent: *\nVisit-time: 0600-0845\n")
        #expect(gate.closure(at: midnight)?.time == .seconds(6 * 3600))
        #expect(gate.closure(at: midnight + 7 * 3600) == nil)
        #expect(gate.closure(at: midnight + 9 * 3600)?.time == .seconds(21 * 3600))
        #expect(gate.closure(at: midnight)?.reason == "its robots.txt wants visits at 0600-0845 UTC")
        #expect(gate.closure(at: Date.distantPast) != nil)

        let now = ContinuousClock.now
        var schedule = HostSchedule(
            promise: .init(floor: .zero, spiderDelay: .seconds(4), crawlDelay: nil), notBefore: now)
        let closed = gate.closure(at: midnight + 5 * 3600 + 3599)
        schedule.leaveAlone(for: closed?.time ?? .zero, from: now, because: "its hours")
        #expect(schedule.wait(now: now) == .seconds(1))
        #expect(schedule.wait(now: now + .seconds(1)) == .zero)
    }

    @Test("a host without hours, without rules or without a robots.txt is never closed")
    func always() {
        #expect(gate("User-agent: *\nDisallow: /x").closure(at: midnight) == nil)
        #expect(gate("User-agent: other\nVisit-time: 0600-0845").closure(at: midnight) == nil)
        #expect(gate("User-agent: *\nVisit-time: 0600-0845", status: 404).closure(at: midnight) == nil)
    }

    @Test("a host whose robots.txt could not be had is closed for a while, and says why")
    func deferred() {
        for (status, answer) in [(nil, "no answer, or a redirect"), (500, "it answered 500"), (503, "it answered 503")]
        {
            let closure = gate("User-agent: *", status: status).closure(at: midnight)
            #expect(closure?.time == RobotsGate.deferral)
            #expect(closure?.reason.hasPrefix("robots.txt could not be had: \(answer)") ?? false)
        }
    }

    @Test("a Request-rate sets the delay in its hours")
    func rates() {
        let gate = gate("User-agent: *\nRequest-rate: 1/30s 0600-0845\nCrawl-delay: 2")
        #expect(gate.crawlDelay(at: midnight) == .seconds(2))
        #expect(gate.crawlDelay(at: midnight + 7 * 3600) == .seconds(30))
    }

    @Test(
        "no delay that a robots.txt states can make a host unreachable or a loop busy",
        arguments: ["1e308", "-1", "NaN", "9999999", "1,5", "１", "0", "-0", "inf", "0x10", "99999999999999999999999"])
    func delays(text: String) {
        let delay = gate("User-agent: *\nCrawl-delay: \(text)").crawlDelay(at: midnight) ?? .zero
        #expect(delay >= .zero && delay <= .seconds(86_400))
        let now = ContinuousClock.now
        var schedule = HostSchedule(
            promise: .init(floor: .seconds(1), spiderDelay: .zero, crawlDelay: delay), notBefore: now)
        schedule.record(.answered(status: 200, latency: .zero), now: now, jitter: 0)
        #expect(schedule.wait(now: now) >= .seconds(1))
        #expect(schedule.wait(now: now) <= .seconds(86_400))
        #expect(schedule.closedReason == nil)
    }
}
