import CrawlEngine
import Testing

@Suite struct InstructedDelayTests {
    private let start = ContinuousClock.now

    private func asked(promise: Duration) -> HostSchedule {
        var schedule = HostSchedule(
            promise: .init(floor: .zero, spiderDelay: promise, crawlDelay: nil), notBefore: start)
        schedule.record(.answered(status: 200, latency: .milliseconds(10)), now: start, jitter: 0)
        return schedule
    }

    @Test("a longer delay counts from the last answer on, and a shorter one is heard at once")
    func raisedAndLowered() {
        var schedule = asked(promise: .seconds(1))
        schedule.instructedDelay = .seconds(8)
        #expect(schedule.wait(now: start) == .seconds(8))
        #expect(schedule.delayReason == "the operator")
        schedule.instructedDelay = .seconds(3)
        #expect(schedule.wait(now: start) == .seconds(3))
        schedule.instructedDelay = nil
        #expect(schedule.wait(now: start) == .seconds(1))
        #expect(schedule.delayReason == "the spider")
    }

    @Test("less than the promise is never kept", arguments: [0, 10, 999])
    func belowThePromise(milliseconds: Int) {
        var schedule = asked(promise: .seconds(1))
        schedule.instructedDelay = .milliseconds(milliseconds)
        #expect(schedule.wait(now: start) == .seconds(1))
        schedule.record(.answered(status: 200, latency: .zero), now: start + .seconds(1), jitter: 0)
        #expect(schedule.wait(now: start + .seconds(1)) == .seconds(1))
    }

    @Test("it holds from answer to answer")
    func kept() {
        var schedule = asked(promise: .zero)
        schedule.instructedDelay = .seconds(5)
        schedule.record(.answered(status: 200, latency: .milliseconds(10)), now: start + .seconds(5), jitter: 0)
        #expect(schedule.wait(now: start + .seconds(5)) == .seconds(5))
    }

    @Test("a lower delay does not end the time for which a host is left alone")
    func leftAlone() {
        var schedule = asked(promise: .seconds(1))
        schedule.instructedDelay = .seconds(8)
        schedule.record(.overloaded(status: 429, retryAfter: .seconds(60)), now: start + .seconds(8), jitter: 0)
        schedule.instructedDelay = nil
        #expect(schedule.wait(now: start + .seconds(8)) == .seconds(60))
    }

    @Test("where nothing is promised a delay of an earlier run ends with the first answer")
    func remembered() {
        var schedule = HostSchedule(
            promise: .init(floor: .zero, spiderDelay: .zero, crawlDelay: nil), delay: .seconds(8), notBefore: start)
        schedule.record(.answered(status: 200, latency: .milliseconds(10)), now: start, jitter: 0)
        #expect(schedule.wait(now: start) == .zero)
    }
}
