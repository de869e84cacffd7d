import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct RevalidationTests {
    private let now: Int64 = 1_790_000_000
    private let date = "Sun, 06 Nov 1994 08:49:37 GMT"

    private func request() throws -> RequestHead { RequestHead(url: try #require(WebURL("http://example.com/"))) }

    private func revalidation(_ fields: HeaderFields) throws -> Revalidation? {
        CachedResponse(
            ResponseHead(status: 200, fields: fields), to: try request(), requestedAt: now, receivedAt: now
        ).flatMap { Revalidation($0, spiderVersion: "1") }
    }

    /// What is had after a 304 with these fields.
    private func after(_ stored: Revalidation, _ fields: HeaderFields) throws -> Revalidation? {
        let kept = try #require(stored.kept(for: try request(), at: now))
        return kept.updated(by: ResponseHead(status: 304, fields: fields), requestedAt: now, receivedAt: now)
            .flatMap { Revalidation($0, spiderVersion: "1") }
    }

    @Test("tag, date and stated lifetime are kept; a guess is not")
    func kept() throws {
        let all = try #require(
            try revalidation(["ETag": "\"1\"", "Last-Modified": date, "Cache-Control": "max-age=60"]))
        #expect(all.validators.requestFields == ["If-None-Match": "\"1\"", "If-Modified-Since": date])
        #expect(all.statedLifetime == 60)
        #expect(try revalidation(["Last-Modified": date])?.statedLifetime == nil)
        #expect(try revalidation(["Cache-Control": "max-age=60"]) == nil)
    }

    @Test("where others get another page, a date alone does not say which is meant")
    func varying() throws {
        #expect(try revalidation(["Last-Modified": date, "Vary": "Cookie"]) == nil)
        #expect(try revalidation(["Last-Modified": date, "ETag": "\"1\"", "Vary": "Cookie"]) != nil)
        #expect(try revalidation(["Last-Modified": date, "Vary": "Accept-Encoding, User-Agent"]) != nil)
        #expect(try revalidation(["ETag": "\"1\"", "Vary": "*"]) == nil)
        #expect(try revalidation(["ETag": "\"1\"", "Cache-Control": "no-store"]) == nil)
    }

    @Test("a 304 leaves what it does not mention, renews what it does, and may take all back")
    func updated() throws {
        let stored = try #require(try revalidation(["ETag": "\"1\"", "Cache-Control": "max-age=60"]))
        #expect(try after(stored, [:]) == stored)
        #expect(try after(stored, ["Cache-Control": "max-age=7", "ETag": "\"1\""])?.statedLifetime == 7)
        #expect(try after(stored, ["Last-Modified": date])?.validators.lastModified == date)
        #expect(try after(stored, ["Cache-Control": "no-store"]) == nil)
        #expect(try after(stored, ["Vary": "*"]) == nil)
        #expect(try after(stored, ["ETag": "\"2\""]) == nil)
    }
}
