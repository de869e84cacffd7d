import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("RevisitPolicy")
struct RevisitPolicyTests {
    private static let now = Date(timeIntervalSince1970: 1_700_000_000)
    private static let terms = RevisitTerms(
        every: .seconds(86_400 * 8), minimumAge: .seconds(3_600), maximumAge: .seconds(86_400 * 40))

    private static func url(_ record: RevisitRecord? = nil, path: String = "/1") throws -> LeasedURL {
        let url = try #require(WebURL("http://127.0.0.1\(path)"))
        return LeasedURL(
            entry: FrontierURL(
                url: url, fingerprint: CanonicalURL(url).fingerprint, site: "s", page: "p", priority: 0, depth: 0,
                via: nil),
            attempts: 0, contentHash: nil, revisit: record)
    }

    /// Days to the next visit.
    private static func days(_ decision: RevisitDecision, after now: Date = now) -> Double {
        decision.due.timeIntervalSince(now) / 86_400
    }

    @Test("the first visit waits for what is usual, within a spread that the URL decides")
    func first() throws {
        let forks = try (0..<40).map { index in
            RevisitPolicy(multiplier: 1e-3).fork(
                after: try Self.url(path: "/\(index)"), .digest("items", hasItems: true), className: nil,
                terms: Self.terms, now: Self.now)
        }
        let days = forks.map { Self.days($0.unchanged) }
        #expect(forks.allSatisfy { $0.changed == $0.unchanged && $0.unchanged.record.history.visits == 0 })
        #expect(days.allSatisfy { abs($0 - 8) <= 0.41 })
        #expect(Set(days).count > 30)
    }

    @Test("a page without a range is asked at its age exactly, whatever was learnt")
    func fixed() throws {
        let terms = RevisitTerms(age: .seconds(3_600))
        let record = RevisitRecord(
            className: nil, history: ChangeHistory(visits: 50, unchanged: 1e7), rate: 0.1,
            seen: Self.now.addingTimeInterval(-3_600), digest: "items", interval: 3_600)
        let fork = RevisitPolicy(multiplier: 5).fork(
            after: try Self.url(record), .digest("items", hasItems: true), className: nil, terms: terms, now: Self.now)
        #expect(fork.changed.due == Self.now.addingTimeInterval(3_600))
        #expect(fork.unchanged.due == fork.changed.due)
    }

    @Test("what the server calls fresh is not asked before it is stale")
    func freshness() throws {
        let fork = RevisitPolicy().fork(
            after: try Self.url(), .unchanged, className: nil, terms: RevisitTerms(age: .seconds(60)),
            statedFreshness: .seconds(7_200), now: Self.now)
        #expect(fork.unchanged.due == Self.now.addingTimeInterval(7_200))
    }

    @Test("early visits probe: twice the interval after no change, a quarter after one")
    func probing() throws {
        let first = RevisitRecord(
            className: nil, rate: 0.125, seen: Self.now.addingTimeInterval(-86_400 * 8), digest: "items",
            interval: 86_400 * 8)
        let fork = RevisitPolicy().fork(
            after: try Self.url(first), .digest("items", hasItems: true), className: nil, terms: Self.terms,
            now: Self.now)
        #expect(abs(Self.days(fork.unchanged) - 16) < 0.9 && abs(Self.days(fork.changed) - 2) < 0.2)
        #expect(fork.changed.record.rate > fork.unchanged.record.rate)
    }

    @Test("another digest is a change that no ledger needs to find; the same one of a page without items is none")
    func digests() throws {
        let known = RevisitRecord(
            className: nil, rate: 0.125, seen: Self.now.addingTimeInterval(-86_400), digest: "a", interval: 86_400)
        let other = RevisitPolicy().fork(
            after: try Self.url(known), .digest("b", hasItems: false), className: nil, terms: Self.terms, now: Self.now)
        #expect(other.unchanged == other.changed && other.changed.record.history.changed.count == 1)
        let same = RevisitPolicy().fork(
            after: try Self.url(known), .digest("a", hasItems: false), className: nil, terms: Self.terms, now: Self.now)
        #expect(same.unchanged == same.changed && same.changed.record.history.changed.isEmpty)
    }

    @Test("a page of another class begins anew")
    func otherClass() throws {
        let airing = RevisitRecord(
            className: "airing",
            history: ChangeHistory(visits: 30, unchanged: 1, changed: [.init(seconds: 9, weight: 9)]),
            rate: 5, seen: Self.now.addingTimeInterval(-86_400), digest: "items", interval: 86_400)
        let fork = RevisitPolicy(multiplier: 1e-3).fork(
            after: try Self.url(airing), .digest("items", hasItems: true), className: nil, terms: Self.terms,
            now: Self.now)
        #expect(fork.changed.record.history == ChangeHistory())
        #expect(abs(Self.days(fork.changed) - 8) < 0.5)
    }

    @Test("however a page is, it is never asked later than its maximum age, nor sooner than its minimum age")
    func limits() throws {
        for (multiplier, expected) in [(1e12, 40.0), (0, 1.0 / 24)] {
            let record = RevisitRecord(
                className: nil, history: ChangeHistory(visits: 20, unchanged: 86_400 * 100), rate: 0.01,
                seen: Self.now.addingTimeInterval(-86_400), digest: "items", interval: 86_400)
            let fork = RevisitPolicy(multiplier: multiplier).fork(
                after: try Self.url(record), .unchanged, className: nil, terms: Self.terms, now: Self.now)
            #expect(Self.days(fork.unchanged) <= expected * 1.05 && Self.days(fork.unchanged) >= expected * 0.95)
            #expect(Self.days(fork.unchanged) <= 40 && Self.days(fork.unchanged) >= 1.0 / 24)
        }
    }

    @Test("the budget is what politeness allows, less what new pages need, but not less than half")
    func budget() {
        let budget = RevisitBudget(delay: .seconds(4))
        #expect(budget.perDay(waiting: 0) == 21_600)
        #expect(budget.perDay(waiting: 1_600) == 20_000)
        #expect(budget.perDay(waiting: 1e7) == 10_800)
        #expect(RevisitBudget(delay: .seconds(4), dailyLimit: 1_000).perDay(waiting: 0) == 1_000)
    }
}
