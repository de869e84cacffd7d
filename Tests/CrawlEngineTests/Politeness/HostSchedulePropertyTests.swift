import CrawlDomain
import CrawlEngine
import Foundation
import TestSupport
import Testing

/// Random lives of a host: answers of every kind, waits, restarts through what is remembered, crashes, and a wall clock that is set.
@Suite struct HostSchedulePropertyTests {
    /// One host, its schedule, and what a witness saw of it.
    private struct Life {
        var random: SplitMix64
        var now = ContinuousClock.now
        /// What the worker's own wall clock says more than the database's.
        var skew: TimeInterval = 0
        let promise: HostSchedule.Promise
        var schedule: HostSchedule
        /// What the database holds, in its own time.
        var stored = HostMemory()
        private let start: ContinuousClock.Instant
        private let epoch = Date(timeIntervalSince1970: 1_800_000_000)
        private(set) var requests = 0
        private var earliest: ContinuousClock.Instant?

        init(seed: UInt64) {
            random = SplitMix64(seed: seed)
            start = now
            let delays: [Duration] = [.zero, .milliseconds(150), .seconds(1), .seconds(30), .seconds(400)]
            let delay = delays[Int(random.next() % 5)]
            promise = .init(floor: .zero, spiderDelay: delay, crawlDelay: nil, failuresBeforeOpening: 3)
            schedule = HostSchedule(promise: promise, notBefore: now)
        }

        private var databaseTime: Date { epoch.addingTimeInterval(start.duration(to: now).seconds) }
        private var wallClock: Date { databaseTime.addingTimeInterval(skew) }

        /// As the database keeps times: what is left, by its own clock, in whole milliseconds, rounded up.
        private func inDatabaseTime(_ memory: HostMemory) -> HostMemory {
            var memory = memory
            memory.notBefore = memory.notBefore.map {
                let milliseconds = $0.addingTimeInterval(-skew).timeIntervalSince1970 * 1_000
                return Date(timeIntervalSince1970: (milliseconds.rounded(.up) + 1) / 1_000)
            }
            return memory
        }

        mutating func store(isInUse: Bool) {
            stored = inDatabaseTime(schedule.remembered(in: stored, isInUse: isInUse, now: now, wallClock: wallClock))
        }

        mutating func restore() {
            var memory = stored
            memory.notBefore = memory.notBefore?.addingTimeInterval(skew)
            schedule = HostSchedule(promise: promise, remembering: memory, now: now, wallClock: wallClock)
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
        "no request is made before the promised gap and Retry-After have passed, nor two at once, restarts and set clocks included",
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
            // The wall clock is set: an hour to and fro, five minutes back.
            case 5: life.skew += [3_600, -3_600, -300][Int(life.random.next() % 3)]
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
        let memory = HostMemory(notBefore: Date.distantPast, delaySeconds: 90, isInUse: true)
        let schedule = HostSchedule(promise: promise, remembering: memory, now: now, wallClock: Date())
        #expect(schedule.wait(now: now) == .seconds(90))
    }

    @Test("a time that was stored under a wrong clock keeps nobody away for longer than can be meant")
    func clamped() {
        let now = ContinuousClock.now
        let promise = HostSchedule.Promise(floor: .zero, spiderDelay: .seconds(5), crawlDelay: nil)
        func wait(_ memory: HostMemory) -> Duration {
            HostSchedule(promise: promise, remembering: memory, now: now, wallClock: Date()).wait(now: now)
        }
        let far = Date().addingTimeInterval(10 * 86_400)
        #expect(wait(HostMemory(notBefore: far)) == .seconds(5))
        #expect(wait(HostMemory(notBefore: far, closedReason: "answered 429")) == .seconds(86_400))
        #expect(wait(HostMemory(notBefore: Date.distantPast)) == .zero)
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
