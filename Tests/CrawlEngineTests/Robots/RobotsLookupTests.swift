import CrawlDomain
import Fetching
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("RobotsLookup")
struct RobotsLookupTests {
    private let start = Date(timeIntervalSince1970: 1_790_000_000)
    private let url: WebURL

    init() throws { url = try #require(WebURL("https://example.com/robots.txt")) }

    private func lookup(_ remembered: HostMemory.Robots? = nil, after seconds: TimeInterval = 0) -> RobotsLookup {
        RobotsLookup(at: url, remembered: remembered, now: start + seconds) { _ in true }
    }

    /// The answer that came so many seconds after the start.
    private func exchange(
        _ question: RobotsLookup.Question, _ status: Int, _ fields: HeaderFields = [:], body: String = "",
        after seconds: TimeInterval = 0
    ) -> Exchange {
        Exchange(
            request: RequestHead(url: question.url, fields: question.condition),
            response: FetchResponse(url: question.url, status: status, headers: fields, body: Array(body.utf8)),
            requestedAt: start + seconds, receivedAt: start + seconds, end: .now)
    }

    /// What is remembered of an answer at the start.
    private func remembered(_ status: Int = 200, _ fields: HeaderFields = [:]) throws -> HostMemory.Robots {
        var lookup = lookup()
        lookup.take(exchange(try #require(lookup.question), status, fields, body: "User-agent: *"))
        return try #require(lookup.answer)
    }

    @Test(
        "an answer holds as long as its server says, from ten minutes to a day; a day when it does not say",
        arguments: [
            (["Cache-Control": "max-age=3600"], 3_600), (["Cache-Control": "max-age=0"], 600),
            (["Cache-Control": "no-cache"], 600), (["Cache-Control": "no-store"], 600), ([:], 86_400),
            (["Cache-Control": "max-age=3600", "Age": "1800"], 1_800),
            (["Cache-Control": "max-age=31536000"], 86_400), (["Expires": "0"], 600), (["ETag": "\"1\""], 86_400),
            (["Expires": HTTPDate.format(1_790_000_000 + 7_200), "Date": HTTPDate.format(1_790_000_000)], 7_200),
            // A guess from the date of the last change would ask for rules that have just been changed all the time.
            (["Last-Modified": HTTPDate.format(1_790_000_000 - 60)], 86_400),
        ] as [(HeaderFields, TimeInterval)])
    func lifetime(fields: HeaderFields, seconds: TimeInterval) throws {
        for status in [200, 403, 404] {
            let known = try remembered(status, fields)
            #expect(lookup(known, after: seconds - 1).answer == known)
            #expect(lookup(known, after: seconds).question?.url == url)
        }
    }

    @Test("a host that could not be asked, failed or was too busy is asked again after ten minutes, whatever it says")
    func unreachable() throws {
        var failed = lookup()
        failed.takeFailure(at: start)
        let unknown = try #require(failed.answer)
        #expect(unknown.status == nil)
        for known in [unknown, try remembered(503, ["Cache-Control": "max-age=9999"]), try remembered(429)] {
            #expect(lookup(known, after: 599).question == nil)
            #expect(lookup(known, after: 600).question?.condition == [:])
        }
    }

    @Test("what is stale is asked for by what changed, and a 304 keeps the rules for as long as it says")
    func revalidation() throws {
        let known = try remembered(200, ["ETag": "\"1\"", "Cache-Control": "max-age=3600"])
        var lookup = lookup(known, after: 3_600)
        let question = try #require(lookup.question)
        #expect(question.condition == ["If-None-Match": "\"1\""])
        lookup.take(exchange(question, 304, ["ETag": "\"1\"", "Cache-Control": "max-age=7200"], after: 3_600))
        let confirmed = try #require(lookup.answer)
        #expect(confirmed.body == known.body && confirmed.status == 200)
        #expect(confirmed.fetchedAt == start + 3_600 && confirmed.statedLifetime == 7_200)
        #expect(self.lookup(confirmed, after: 3_600 + 7_199).question == nil)
        #expect(self.lookup(confirmed, after: 3_600 + 7_200).question?.condition == ["If-None-Match": "\"1\""])
    }

    @Test("a 304 that says nothing of its freshness leaves what was said before; a new text replaces everything")
    func silentConfirmation() throws {
        let known = try remembered(200, ["ETag": "\"1\"", "Cache-Control": "max-age=3600"])
        var confirmed = lookup(known, after: 4_000)
        confirmed.take(exchange(try #require(confirmed.question), 304, after: 4_000))
        #expect(confirmed.answer?.statedLifetime == 3_600 && confirmed.answer?.fetchedAt == start + 4_000)

        var replaced = lookup(known, after: 4_000)
        replaced.take(exchange(try #require(replaced.question), 200, body: "new", after: 4_000))
        #expect(
            replaced.answer
                == HostMemory.Robots(status: 200, body: Array("new".utf8), fetchedAt: start + 4_000))
    }

    @Test("a 304 about other rules is answered by asking for all of them; one that nobody asked for is no answer")
    func contradictory() throws {
        let known = try remembered(200, ["ETag": "\"1\""])
        var lookup = lookup(known, after: 86_400)
        lookup.take(exchange(try #require(lookup.question), 304, ["ETag": "\"2\""]))
        let again = try #require(lookup.question)
        #expect(again.url == url && again.condition == [:])
        lookup.take(exchange(again, 304))
        #expect(lookup.question == nil && lookup.answer?.status == nil)
    }

    @Test("five redirects on the host are followed, each without conditions; where they lead has its own validators")
    func redirects() throws {
        let known = try remembered(200, ["ETag": "\"1\""])
        var lookup = lookup(known, after: 86_400)
        for turn in 1...5 {
            lookup.take(exchange(try #require(lookup.question), 302, ["Location": "/\(turn)"]))
            #expect(lookup.question?.url.href == "https://example.com/\(turn)")
            #expect(lookup.question?.condition == [:])
        }
        var tooMany = lookup
        lookup.take(exchange(try #require(lookup.question), 200, ["ETag": "\"9\""], body: "x"))
        #expect(lookup.answer?.body == Array("x".utf8) && lookup.answer?.validators.isEmpty == true)
        tooMany.take(exchange(try #require(tooMany.question), 302, ["Location": "/6"]))
        #expect(tooMany.question == nil && tooMany.answer?.status == nil)
    }

    @Test("a redirect to another host, or to where nobody may ask, counts as unreachable")
    func foreignRedirect() throws {
        var elsewhere = lookup()
        elsewhere.take(
            exchange(try #require(elsewhere.question), 301, ["Location": "https://other.example/robots.txt"]))
        #expect(elsewhere.question == nil && elsewhere.answer?.status == nil)
        var forbidden = RobotsLookup(at: url, remembered: nil, now: start) { _ in false }
        forbidden.take(exchange(try #require(forbidden.question), 301, ["Location": "/r"]))
        #expect(forbidden.question == nil && forbidden.answer?.status == nil)
    }

    @Test("a transfer that fails makes the host unreachable; anything else ends the lookup")
    func driver() async throws {
        var failing = lookup()
        let answer = try await failing.run { _ in throw FetchError(.timeout, url: nil, cause: "") }
        #expect(answer.status == nil)
        var stopped = lookup()
        await #expect(throws: CancellationError.self) { try await stopped.run { _ in throw CancellationError() } }
    }
}
