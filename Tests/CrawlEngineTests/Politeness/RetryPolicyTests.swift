import CrawlDomain
import CrawlEngine
import Foundation
import Testing
import WebStandards

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy(maximumAttempts: 3, backoff: Backoff(base: .seconds(10), cap: .seconds(100)))
    private let now = Date(timeIntervalSince1970: 1_000)

    private func disposition(_ end: VisitEnd, attempts: Int = 0) -> VisitOutcome.Disposition {
        policy.disposition(of: end, attempts: attempts, now: now, revisit: .seconds(60), jitter: 1)
    }

    @Test("a page that was read is asked again at its revisit age")
    func read() {
        #expect(disposition(.read(drop: nil)) == .done(revisit: now.addingTimeInterval(60)))
    }

    @Test(
        "what may pass is retried later each time, then given up",
        arguments: [
            VisitEnd.failed(code: "timeout", transient: true), .refused(status: 500), .read(drop: .unavailable),
        ])
    func transient(end: VisitEnd) {
        guard case .retry(let first, _) = disposition(end), case .retry(let second, _) = disposition(end, attempts: 1)
        else {
            Issue.record("not retried")
            return
        }
        #expect(first == now.addingTimeInterval(10))
        #expect(second == now.addingTimeInterval(20))
        #expect(disposition(end, attempts: 2).isDead)
    }

    @Test(
        "what does not pass is given up at once",
        arguments: [
            VisitEnd.failed(code: "address_refused", transient: false), .refused(status: 401), .disallowed,
        ])
    func permanent(end: VisitEnd) {
        #expect(disposition(end).isDead)
    }

    @Test("a page that is not there is done, and looked for again at its revisit age")
    func notFound() {
        #expect(disposition(.refused(status: 404)) == .done(revisit: now.addingTimeInterval(60)))
    }

    @Test("a page that has not changed is done; one of which that is said without need is asked for again")
    func notModified() {
        #expect(disposition(.notModified) == .done(revisit: now.addingTimeInterval(60)))
        #expect(
            disposition(.contradictoryNotModified)
                == .retry(at: now.addingTimeInterval(10), reason: "contradictory_304"))
    }

    @Test(
        "an answer says something of the page, an outage does not",
        arguments: [
            (VisitEnd.failed(code: "timeout", transient: true), true), (.refused(status: 503), true),
            (.disallowed, true),
            (.refused(status: 429), true), (.refused(status: 404), false), (.refused(status: 403), false),
            (.read(drop: nil), false), (.read(drop: .captcha), false), (.redirected, false), (.notModified, false),
            (.contradictoryNotModified, false),
        ])
    func unknownPages(end: VisitEnd, leavesPageUnknown: Bool) {
        #expect(end.leavesPageUnknown == leavesPageUnknown)
    }

    @Test("by the standard a broken answer is asked again soon and often, a refused page late and seldom")
    func classes() {
        func retried(_ end: VisitEnd, attempts: Int = 0) -> TimeInterval? {
            guard
                case .retry(let at, _) = RetryPolicy().disposition(
                    of: end, attempts: attempts, now: now, revisit: nil, jitter: 1)
            else { return nil }
            return at.timeIntervalSince(now)
        }
        #expect(retried(.failed(code: "incomplete", transient: true)) == 5)
        #expect(retried(.failed(code: "timeout", transient: true)) == 15)
        #expect(retried(.refused(status: 500)) == 5)
        #expect(retried(.read(drop: .emptyPage)) == 15)
        #expect(retried(.read(drop: .blocked)) == 3_600)
        #expect(retried(.read(drop: .blocked), attempts: 2) == nil)
        #expect(retried(.refused(status: 500), attempts: 3) == 40)
    }

    @Test(
        "what is the host's is not counted against the page",
        arguments: [
            (VisitEnd.blocked, "blocked"), (.refused(status: 503), "http_503"),
            (.failed(code: "connect", transient: true), "unreachable"),
        ])
    func hosts(end: VisitEnd, reason: String) {
        guard case .postponed(let until, reason) = disposition(end, attempts: 99) else {
            Issue.record("not postponed")
            return
        }
        #expect(until > now)
    }

    @Test("a blank page is retried, a private list is not")
    func drops() {
        #expect(disposition(.read(drop: .emptyPage)) == .retry(at: now.addingTimeInterval(10), reason: "empty_page"))
        #expect(disposition(.read(drop: .privateList)) == .done(revisit: now.addingTimeInterval(60)))
    }
}

extension VisitOutcome.Disposition {
    fileprivate var isDead: Bool { if case .dead = self { true } else { false } }
}
