import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("SignalReview")
struct SignalReviewTests {
    private static let now = Date(timeIntervalSince1970: 86_400 * 20_000 + 50_000)
    private static let rule = RevisitRule(
        terms: RevisitTerms(
            every: .seconds(86_400 * 16), minimumAge: .seconds(86_400), maximumAge: .seconds(86_400 * 64)),
        classes: [], ignoredFields: nil)

    private static func ago(_ days: Double) -> Date { now.addingTimeInterval(-days * 86_400) }

    private static func known(visited: Double, seen: Double? = nil, signals: [String: String] = [:]) throws -> KnownURL
    {
        let url = try #require(WebURL("http://127.0.0.1/1"))
        return KnownURL(
            entry: FrontierURL(
                url: url, fingerprint: CanonicalURL(url).fingerprint, site: "s", page: "p", priority: 0, depth: 0,
                via: nil),
            record: RevisitRecord(
                className: nil, rate: 0.06, seen: ago(seen ?? visited), digest: "items", interval: 86_400 * 16),
            visited: ago(visited), signals: signals)
    }

    private func effect(_ signal: LinkSignal, _ url: KnownURL) -> SignalEffect? {
        SignalReview(policy: RevisitPolicy(), now: Self.now).effect(of: signal, on: url, rule: Self.rule)
    }

    @Test("a list that says something else than last time makes the page due, and is remembered in one")
    func changed() throws {
        let heard = HeardSignal(source: "ranking", hash: "b")
        let effect = try #require(self.effect(.content(heard), try Self.known(visited: 3, signals: ["ranking": "a"])))
        #expect(effect.heard == heard && effect.decision?.due == Self.now)
    }

    @Test("a list of a kind not heard of yet is remembered and does nothing")
    func unheard() throws {
        let heard = HeardSignal(source: "season", hash: "b")
        let effect = try #require(self.effect(.content(heard), try Self.known(visited: 3, signals: ["ranking": "a"])))
        #expect(effect.heard == heard && effect.decision == nil)
    }

    @Test("a list that says the same confirms: due moves on, the rate falls")
    func confirmed() throws {
        let url = try Self.known(visited: 3, signals: ["ranking": "a"])
        let effect = try #require(self.effect(.content(HeardSignal(source: "ranking", hash: "a")), url))
        let decision = try #require(effect.decision)
        #expect(effect.heard == nil && decision.record.seen == Self.now)
        #expect(decision.record.rate < 1.0 / 16 && decision.due > Self.now.addingTimeInterval(86_400 * 14))
    }

    @Test("however often it is confirmed, a page is asked by itself at its maximum age")
    func starving() throws {
        let url = try Self.known(visited: 60, seen: 3, signals: ["ranking": "a"])
        let effect = try #require(self.effect(.content(HeardSignal(source: "ranking", hash: "a")), url))
        #expect(effect.decision?.due == Self.ago(60).addingTimeInterval(86_400 * 64))
    }

    @Test("whoever says each time that a page has changed is heard once in its minimum age")
    func wolf() throws {
        let effect = try #require(self.effect(.modified(Self.now, isDay: false), try Self.known(visited: 0.25)))
        #expect(effect.decision?.due == Self.ago(0.25).addingTimeInterval(86_400))
    }

    @Test("a date after the visit makes due, one before confirms, one in the future says nothing")
    func dates() throws {
        let url = try Self.known(visited: 3)
        #expect(effect(.modified(Self.ago(2), isDay: false), url)?.decision?.due == Self.now)
        #expect(effect(.modified(Self.ago(9), isDay: false), url)?.decision?.record.seen == Self.now)
        #expect(effect(.modified(Self.ago(-2), isDay: false), url) == nil)
    }

    @Test("a bare day says nothing of a page visited on it")
    func days() throws {
        let day = Date(timeIntervalSince1970: 86_400 * 19_997)
        let url = try Self.known(visited: 3)
        #expect(effect(.modified(day, isDay: true), url) == nil)
        #expect(effect(.modified(day.addingTimeInterval(-86_400), isDay: true), url)?.decision != nil)
    }

    @Test("a page that waits to be asked anyway only has the list remembered")
    func waiting() throws {
        let known = try Self.known(visited: 3, signals: ["ranking": "a"])
        let url = KnownURL(entry: known.entry, record: nil, visited: known.visited, signals: known.signals)
        let effect = try #require(self.effect(.content(HeardSignal(source: "ranking", hash: "b")), url))
        #expect(effect.decision == nil && effect.heard?.hash == "b")
    }
}
