import CrawlEngine
import Testing

@Suite struct HostScheduleTests {
    private let start = ContinuousClock.now

    private func schedule(floor: Duration = .zero, spider: Duration = .zero, crawlDelay: Duration? = nil)
        -> HostSchedule
    {
        HostSchedule(promise: .init(floor: floor, spiderDelay: spider, crawlDelay: crawlDelay), notBefore: start)
    }

    @Test("the longest of floor, spider's delay and Crawl-delay wins", arguments: [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
    func longestWins(floor: Int, spider: Int, crawl: Int) {
        let promise = HostSchedule.Promise(
            floor: .seconds(floor), spiderDelay: .seconds(spider), crawlDelay: .seconds(crawl))
        #expect(promise.delay == .seconds(3))
    }

    @Test("a host never asked may be asked at once")
    func firstRequest() {
        #expect(schedule(crawlDelay: .seconds(5)).wait(now: start) == .zero)
    }

    @Test("the gap is counted from the end of the last answer")
    func gapFromTheEnd() {
        var schedule = schedule(crawlDelay: .seconds(5))
        let end = start + .seconds(2)
        schedule.record(.answered(status: 200, latency: .seconds(1)), now: end, jitter: 0)
        #expect(schedule.wait(now: end) == .seconds(5))
        #expect(schedule.wait(now: end + .seconds(5)) == .zero)
    }

    @Test("a delay learnt from robots.txt holds for the very next request")
    func learntLater() {
        var schedule = schedule()
        schedule.record(.answered(status: 200, latency: .zero), now: start, jitter: 0)
        #expect(schedule.wait(now: start) == .zero)
        schedule.promise = .init(floor: .zero, spiderDelay: .zero, crawlDelay: .seconds(3))
        #expect(schedule.wait(now: start) == .seconds(3))
    }

    @Test("a slow host is asked more slowly, a fast one never faster than promised")
    func latency() {
        var slow = schedule(spider: .seconds(1))
        slow.record(.answered(status: 200, latency: .seconds(7)), now: start, jitter: 0)
        #expect(slow.delay == .seconds(7))
        var fast = schedule(spider: .seconds(1))
        fast.record(.answered(status: 200, latency: .milliseconds(1)), now: start, jitter: 0)
        #expect(fast.delay == .seconds(1))
    }

    @Test("Retry-After is obeyed, also when it is longer than every delay of ours")
    func retryAfter() {
        var schedule = schedule(spider: .seconds(1))
        schedule.record(.overloaded(status: 429, retryAfter: .seconds(900)), now: start, jitter: 0)
        #expect(schedule.wait(now: start) == .seconds(900))
        #expect(schedule.closedReason?.contains("429") == true)
    }

    @Test("a Retry-After of nothing does not undercut the delay")
    func retryAfterZero() {
        var schedule = schedule(spider: .seconds(4))
        schedule.record(.overloaded(status: 503, retryAfter: .zero), now: start, jitter: 0)
        #expect(schedule.wait(now: start) == .seconds(4))
    }

    @Test("failures in a row open the breaker; one answer closes it")
    func breaker() {
        var schedule = schedule(spider: .seconds(1))
        for _ in 1...8 { schedule.record(.failed(.broken), now: start, jitter: 1) }
        #expect(schedule.wait(now: start) == .seconds(300))
        #expect(schedule.closedReason != nil)
        schedule.record(.answered(status: 200, latency: .zero), now: start, jitter: 0)
        #expect(schedule.failures == 0)
        #expect(schedule.closedReason == nil)
    }

    @Test("a pause after failures is told where somebody would wonder, not where it is over in a moment")
    func pausesAreTold() {
        var schedule = schedule(spider: .seconds(1))
        for _ in 1...3 { schedule.record(.failed(.broken), now: start, jitter: 1) }
        #expect(schedule.wait(now: start) == .seconds(8) && schedule.closedReason == nil)
        schedule.record(.failed(.broken), now: start, jitter: 1)
        #expect(schedule.wait(now: start) == .seconds(16) && schedule.closedReason == "4 failures in a row")
        schedule.record(.answered(status: 200, latency: .zero), now: start + .seconds(16), jitter: 0)
        #expect(schedule.closedReason == nil)
        var unnamed = self.schedule()
        unnamed.record(.failed(.resolve), now: start, jitter: 1)
        #expect(unnamed.closedReason == "a failure")
    }

    @Test("a failed probe doubles the time a host is left alone, up to a day")
    func probes() {
        var schedule = schedule()
        for _ in 1...9 { schedule.record(.failed(.broken), now: start, jitter: 1) }
        #expect(schedule.wait(now: start) == .seconds(600))
        for _ in 1...20 { schedule.record(.failed(.timeout), now: start, jitter: 1) }
        #expect(schedule.wait(now: start) == .seconds(86_400))
    }

    @Test("being blocked opens the breaker at once")
    func blocked() {
        var schedule = schedule()
        schedule.record(.blocked(reason: "a captcha"), now: start, jitter: 0)
        #expect(schedule.wait(now: start) == .seconds(300))
    }

    @Test("what is left of an earlier run's delay is kept")
    func earlierRun() {
        let kept = HostSchedule(
            promise: .init(floor: .zero, spiderDelay: .zero, crawlDelay: nil), delay: .seconds(9), failures: 2,
            notBefore: start + .seconds(3))
        #expect(kept.wait(now: start) == .seconds(3))
        #expect(kept.delay == .seconds(9))
    }
}

@Suite struct BackoffTests {
    @Test("the step doubles up to the cap and the jitter takes a part of it")
    func steps() {
        let backoff = Backoff(base: .seconds(2), cap: .seconds(60))
        #expect(
            (1...7).map { backoff.delay(attempt: $0, jitter: 1) } == [2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        #expect(backoff.delay(attempt: 3, jitter: 0) == .milliseconds(800))
    }

    @Test("attempts beyond any power of two do not overflow", arguments: [0, 63, 64, 1_000_000])
    func extremes(attempt: Int) {
        for kind in FailureClass.allCases {
            let delay = kind.hostBackoff.delay(attempt: attempt, jitter: 0.5)
            #expect(delay > .zero && delay <= kind.hostBackoff.cap)
        }
    }
}

@Suite struct AutoThrottleTests {
    private let rule = AutoThrottle(minimumDelay: .seconds(1), maximumDelay: .seconds(60))

    @Test("an error never makes the delay shorter")
    func errors() {
        #expect(rule.delay(after: .seconds(10), latency: .milliseconds(10), status: 500) == .seconds(10))
        #expect(rule.delay(after: .seconds(2), latency: .seconds(10), status: 500) == .seconds(10))
    }

    @Test("a fast answer brings the delay down by halves")
    func halves() {
        #expect(rule.delay(after: .seconds(10), latency: .zero, status: 200) == .seconds(5))
    }
}
