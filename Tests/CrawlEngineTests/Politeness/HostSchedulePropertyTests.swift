import CrawlDomain
import CrawlEngine
import Foundation
import TestSupport
import Testing

/// Random lives of a host: answers of every kind, waits, restarts through what is remembered, and deaths. No time of day occurs in them, so
/// that none can be set.
@Suite struct HostSchedulePropertyTests {
    /// One host, its schedule, and what a witness saw of it.
    private struct Life {
        var random: SplitMix64
        var now = ContinuousClock.now
        let promise: HostSchedule.Promise
        var schedule: HostSchedule
        /// What the database holds, and since when.
        var stored = HostMemory()
        private var storedAt = ContinuousClock.now
        private(set) var requests = 0
        private var earliest: ContinuousClock.Instant?

        init(seed: UInt64) {
            random = SplitMix64(seed: seed)
            let delays: [Duration] = [.zero, .milliseconds(150), .seconds(1), .seconds(30), .seconds(400)]
            let delay = delays[Int(random.next() % 5)]
            promise = .init(floor: .zero, spiderDelay: delay, crawlDelay: nil, failuresBeforeOpening: 3)
            schedule = HostSchedule(promise: promise, notBefore: now)
        }

        /// Stores what must be remembered; the database counts whole milliseconds, rounded up.
        mutating func store(isInUse: Bool) {
            stored = schedule.remembered(in: stored, isInUse: isInUse, now: now)
            storedAt = now
            let milliseconds = (stored.wait.seconds * 1_000).rounded(.up)
            stored.wait = .milliseconds(Int64(milliseconds) + 1)
        }

        mutating func restore() {
            var memory = stored
            memory.wait = max(.zero, stored.wait - storedAt.duration(to: now))
            schedule = HostSchedule(promise: promise, remembering: memory, now: now)
        }

        mutating func wait(_ time: Duration) { now += time }

        /// Sends a request if one may be sent, checks that it may, and lets the host answer.
        mutating func ask() {
            guard schedule.begin(now: now) else {
                if schedule.wait(now: now) == .zero { Issue.record("nothing is waited for, and nothing goes out") }
                return
            }
            requests += 1
            if let earliest, now < earliest { Issue.record("asked \(now.duration(to: earliest)) too early") }
            if schedule.begin(now: now) { Issue.record("two requests at once") }
            store(isInUse: true)
            now += .milliseconds(Int64(random.next() % 3_000))
            // A second request while the first is on its way, however long that takes.
            if schedule.begin(now: now) { Issue.record("two requests at once") }
            var least = promise.delay
            switch random.next() % 9 {
            case 0...2: record(.answered(status: 200, latency: .milliseconds(Int64(random.next() % 2_000))))
            case 3: record(.rules(status: 200, latency: .zero))
            case 4:
                let asked = Duration.seconds(Int64(random.next() % 7_200))
                least = max(least, asked)
                record(.overloaded(status: 429, retryAfter: asked))
            case 5: record(.failed(.timeout))
            case 6: record(.blocked(reason: "a captcha"))
            case 7: record(.reduced(latency: .zero))
            default: schedule.withdraw(now: now)
            }
            earliest = now + least
        }

        private mutating func record(_ answer: HostAnswer) {
            let before = schedule.delay
            schedule.record(answer, now: now, jitter: Double(random.next() % 1_000) / 999)
            let isGood = if case .answered = answer { true } else if case .rules = answer { true } else { false }
            if !isGood, schedule.delay < before {
                Issue.record("\(answer) made us faster")
            }
            if schedule.delay < promise.delay { Issue.record("the delay is below the promise") }
        }
    }

    @Test(
        "no request is made before the promised gap and Retry-After have passed, nor two at once, restarts and deaths included",
        arguments: 0..<200)
    func neverTooEarly(seed: Int) {
        var life = Life(seed: UInt64(seed))
        for _ in 0..<150 {
            switch life.random.next() % 8 {
            case 0...2: life.wait(life.schedule.wait(now: life.now))
            case 3: life.wait(.milliseconds(Int64(life.random.next() % 400_000)))
            // Given back and taken up again, by this process or another one.
            case 4:
                life.store(isInUse: false)
                life.restore()
            // Dies while it asks, or soon after; the next one takes over when the lease has ended.
            case 5:
                life.store(isInUse: true)
                life.wait(.milliseconds(Int64(life.random.next() % 30_000)))
                life.restore()
            default: break
            }
            life.ask()
        }
        #expect(life.requests > 20)
    }

    @Test("a worker that dies while it asks costs the next one the whole delay")
    func died() {
        let now = ContinuousClock.now
        let promise = HostSchedule.Promise(floor: .zero, spiderDelay: .seconds(60), crawlDelay: nil)
        let memory = HostMemory(delaySeconds: 90, isInUse: true)
        let schedule = HostSchedule(promise: promise, remembering: memory, now: now)
        #expect(schedule.wait(now: now) == .seconds(90))
    }

    @Test("a time that was stored under a wrong clock keeps nobody away for longer than can be meant")
    func clamped() {
        let now = ContinuousClock.now
        let promise = HostSchedule.Promise(floor: .zero, spiderDelay: .seconds(5), crawlDelay: nil)
        func wait(_ memory: HostMemory) -> Duration {
            HostSchedule(promise: promise, remembering: memory, now: now).wait(now: now)
        }
        let far = Duration.seconds(10 * 86_400)
        #expect(wait(HostMemory(wait: far)) == .seconds(5))
        #expect(wait(HostMemory(wait: far, closedReason: "answered 429")) == .seconds(86_400))
        #expect(wait(HostMemory()) == .zero)
    }

    @Test("a robots.txt that is answered does not close the breaker: whether pages are served shows with a page")
    func rulesAreNoProbe() {
        let now = ContinuousClock.now
        let promise = HostSchedule.Promise(floor: .zero, spiderDelay: .seconds(1), crawlDelay: nil)
        var schedule = HostSchedule(promise: promise, notBefore: now)
        schedule.record(.blocked(reason: "a captcha"), now: now, jitter: 0)
        let later = now + .seconds(300)
        let check23 = schedule.begin(now: later)
        #expect(check23)
        schedule.record(.rules(status: 200, latency: .zero), now: later, jitter: 0)
        #expect(schedule.failures == 8 && schedule.isBlocked)
        let check24 = schedule.begin(now: later + .seconds(1))
        #expect(check24)
        schedule.record(.blocked(reason: "a captcha"), now: later + .seconds(1), jitter: 0)
        #expect(schedule.wait(now: later + .seconds(1)) == .seconds(600))
    }

    @Test("a host that blocked us is blocked again by one bad page, and served again by one good one")
    func probeByPage() {
        let now = ContinuousClock.now
        let promise = HostSchedule.Promise(floor: .zero, spiderDelay: .seconds(1), crawlDelay: nil)
        var schedule = HostSchedule(promise: promise, notBefore: now)
        for _ in 0..<3 { schedule.record(.refused(status: 403, latency: .zero), now: now, jitter: 0) }
        #expect(schedule.isBlocked)
        #expect(schedule.closedReason == "3 pages in a row were refused")
        var other = schedule
        schedule.record(.refused(status: 403, latency: .zero), now: now, jitter: 0)
        #expect(schedule.wait(now: now) == .seconds(600))
        other.record(.answered(status: 200, latency: .zero), now: now, jitter: 0)
        #expect(!other.isBlocked && other.closedReason == nil && other.failures == 0)
    }
}

@Suite struct DailyBudgetTests {
    private let now = ContinuousClock.now
    private let day = Date(timeIntervalSince1970: 86_400)

    @Test("requests are taken out of reserved portions, and a new one is reserved when they are used")
    func portions() {
        var budget = DailyBudget(name: "site|demo", limit: 300)
        let check25 = budget.take(now: now) == .reserve(3)
        #expect(check25)
        budget.add(BudgetPortion(requests: 2, day: day, dayLeft: .seconds(60)), now: now)
        let check26 = budget.take(now: now) == .take
        #expect(check26)
        let check27 = budget.take(now: now) == .take
        #expect(check27)
        let check28 = budget.take(now: now) == .reserve(3)
        #expect(check28)
        budget.add(BudgetPortion(requests: 0, day: day, dayLeft: .seconds(60)), now: now)
        let check29 = budget.take(now: now + .seconds(20)) == .usedUp(.seconds(40))
        #expect(check29)
        let check30 = budget.take(now: now + .seconds(60)) == .reserve(3)
        #expect(check30)
    }

    @Test("what was reserved yesterday is not spent today")
    func midnight() {
        var budget = DailyBudget(name: "site|demo", limit: 5)
        _ = budget.take(now: now)
        budget.add(BudgetPortion(requests: 4, day: day, dayLeft: .seconds(1)), now: now)
        let check31 = budget.take(now: now) == .take
        #expect(check31)
        let check32 = budget.take(now: now + .seconds(1)) == .reserve(1)
        #expect(check32)
        #expect(budget.left == 0)
        budget.add(BudgetPortion(requests: 1, day: day.addingTimeInterval(86_400), dayLeft: .seconds(9)), now: now)
        #expect(budget.left == 1)
    }
}
