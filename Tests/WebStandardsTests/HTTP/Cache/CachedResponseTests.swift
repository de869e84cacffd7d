import Testing

@testable import WebStandards

@Suite("Cached responses")
struct CachedResponseTests {
    private let now: Int64 = 1_790_000_000

    private func kept(_ fields: HeaderFields, status: Int = 200, delay: Int64 = 0) throws -> CachedResponse? {
        CachedResponse(
            ResponseHead(status: status, fields: fields),
            to: RequestHead(url: try #require(WebURL("http://example.com/"))),
            requestedAt: now - delay, receivedAt: now)
    }

    @Test("max-age comes before Expires, Expires before a guess, and a guess ends after a day")
    func lifetimes() throws {
        let (yesterday, tomorrow) = (HTTPDate.format(now - 86_400), HTTPDate.format(now + 86_400))
        let old = HTTPDate.format(now - 8_640_000)
        func lifetime(_ fields: HeaderFields) throws -> Int64? { try kept(fields)?.freshnessLifetime }
        #expect(try lifetime(["Cache-Control": "max-age=60", "Expires": tomorrow, "Last-Modified": old]) == 60)
        #expect(try lifetime(["Expires": tomorrow, "Last-Modified": old]) == 86_400)
        #expect(try lifetime(["Last-Modified": yesterday]) == 8_640)
        #expect(try lifetime(["Last-Modified": old]) == 86_400)
        #expect(try lifetime(["Expires": "soon", "ETag": "\"1\"", "Last-Modified": old]) == 0)
    }

    @Test("the age counts what a proxy has counted, the way, and the time since")
    func ages() throws {
        let fields: HeaderFields = ["Cache-Control": "max-age=3600", "Age": "100"]
        #expect(try kept(fields, delay: 7)?.age(now: now + 10) == 117)
        let dated: HeaderFields = ["Cache-Control": "max-age=3600", "Date": HTTPDate.format(now - 300), "Age": "100"]
        #expect(try kept(dated)?.age(now: now + 10) == 310)
        #expect(try kept(dated)?.statedFreshness(now: now + 10) == 3_290)
        #expect(try kept(dated)?.statedFreshness(now: now + 100_000) == 0)
        // A clock set back makes nothing younger than it was.
        #expect(try kept(fields)?.age(now: now - 1_000) == 100)
    }

    @Test("absurd numbers neither overflow nor last for ever")
    func absurd() throws {
        let digits = String(repeating: "9", count: 400)
        let fields: HeaderFields = ["Cache-Control": "max-age=\(digits)", "Age": digits]
        let response = try #require(try kept(fields))
        #expect(response.freshnessLifetime == CacheControl.maximumSeconds)
        #expect(response.decision(for: response.request, now: now) == .fetch)
        let far = try kept(["Expires": "Fri, 31 Dec 9999 23:59:59 GMT"])
        #expect(far?.freshnessLifetime == CacheControl.maximumSeconds)
    }

    @Test("nothing is kept of what no-store, Vary: * or a part of a page says")
    func notKept() throws {
        #expect(try kept(["Cache-Control": "no-store", "ETag": "\"1\""]) == nil)
        #expect(try kept(["Vary": "*", "ETag": "\"1\""]) == nil)
        #expect(try kept(["Vary": "Accept, *", "ETag": "\"1\""]) == nil)
        #expect(try kept(["ETag": "\"1\""], status: 206) == nil)
        #expect(try kept(["ETag": "\"1\""], status: 304) == nil)
        #expect(try kept([:]) == nil)
    }

    @Test("a 304 about another state than ours updates nothing")
    func foreignNotModified() throws {
        let response = try #require(try kept(["ETag": "\"1\"", "Last-Modified": HTTPDate.format(now - 60)]))
        func updated(_ fields: HeaderFields) -> CachedResponse? {
            response.updated(by: ResponseHead(status: 304, fields: fields), requestedAt: now, receivedAt: now)
        }
        #expect(updated(["ETag": "\"2\""]) == nil)
        #expect(updated([:])?.validators == response.validators)
        #expect(updated(["ETag": "W/\"1\""])?.validators.entityTag?.text == "W/\"1\"")
        #expect(
            try kept(["Cache-Control": "max-age=9"])?.updated(
                by: ResponseHead(status: 304), requestedAt: now, receivedAt: now) == nil)
    }

    @Test("a tag that could not be sent back, or that is huge, is no validator")
    func hostileTags() {
        #expect(Validators(["ETag": "\"a\r\nX: y\""]).isEmpty)
        #expect(Validators(["ETag": String(repeating: "x", count: 2_000)]).isEmpty)
        #expect(Validators(["ETag": "\"1\"", "etag": "\"2\""]).isEmpty)
        #expect(Validators(["Last-Modified": "yesterday"]).isEmpty)
        #expect(Validators(["Last-Modified": "\u{0}Sun, 06 Nov 1994 08:49:37 GMT"]).isEmpty)
        #expect(Validators(["ETag": "W/\"1\""]).requestFields == ["If-None-Match": "W/\"1\""])
    }

    @Test("an unsafe request that was done makes its URL's answers worthless, and no other origin's")
    func invalidation() throws {
        let url = try #require(WebURL("http://example.com/a#b"))
        let fields: HeaderFields = ["Location": "/c", "Content-Location": "http://other.example/d"]
        let post = RequestHead(method: "POST", url: url, hasBody: true)
        let done = CacheInvalidation.urls(after: post, ResponseHead(status: 201, fields: fields))
        #expect(Set(done.map(\.href)) == ["http://example.com/a", "http://example.com/c"])
        #expect(CacheInvalidation.urls(after: post, ResponseHead(status: 500, fields: fields)).isEmpty)
        #expect(CacheInvalidation.urls(after: RequestHead(url: url), ResponseHead(status: 200, fields: fields)).isEmpty)
    }
}
