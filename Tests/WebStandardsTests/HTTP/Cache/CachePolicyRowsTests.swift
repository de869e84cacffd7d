import TestSupport
import Testing

@testable import WebStandards

/// Scrapy's tests of its cache policies.
@Suite("Scrapy's cache policies", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
struct CachePolicyRowsTests {
    private let now: Int64 = 1_790_000_000

    private func rows(_ kind: String) throws -> [JSONValue] {
        try RecordedMaterial.lines("suites/scrapy/http_cache_policy.jsonl").map { try JSONValue(parsing: $0) }
            .filter { $0["kind"]?.stringValue == kind }
    }

    /// "T-86400" is a date a day ago.
    private func kept(_ row: JSONValue) throws -> CachedResponse? {
        var fields = HeaderFields()
        for (name, value) in row["response_headers"]?.objectValue ?? [:] {
            let text = value.stringValue ?? ""
            let seconds = text.hasPrefix("T") ? Int64(text.dropFirst().drop { $0 == "+" }) : nil
            fields.append(name, seconds.map { HTTPDate.format(now + $0) } ?? text)
        }
        let status = Int(try #require(row["status"]?.intValue))
        return CachedResponse(
            ResponseHead(status: status, fields: fields), to: try request(nil), requestedAt: now, receivedAt: now)
    }

    private func request(_ cacheControl: String?) throws -> RequestHead {
        RequestHead(
            url: try #require(WebURL("http://example.com/")),
            fields: cacheControl.map { ["Cache-Control": $0] } ?? [:])
    }

    @Test("what may be kept is kept")
    func storable() throws {
        let rows = try rows("storable")
        #expect(rows.count == 10)
        for row in rows { #expect(try (kept(row) != nil) == row["expected_stored"]?.boolValue, "\(row)") }
    }

    @Test("what is fresh is used without asking, and not when the request wants it new")
    func fresh() throws {
        let rows = try rows("fresh")
        #expect(rows.count == 8)
        for row in rows {
            let kept = try #require(try kept(row), "\(row)")
            guard case .reuse = kept.decision(for: try request(nil), now: now) else {
                Issue.record("asked again: \(row)")
                continue
            }
            if case .reuse = kept.decision(for: try request("max-age=0"), now: now) { Issue.record("used: \(row)") }
        }
    }

    @Test("what is stale is asked for again, and used in need unless no-cache forbids it")
    func stale() throws {
        let rows = try rows("stale")
        #expect(rows.count == 4)
        for row in rows {
            let id = row["id"]?.stringValue
            let kept = try #require(try kept(row), "\(row)")
            if case .reuse = kept.decision(for: try request(nil), now: now) { Issue.record("used: \(row)") }
            let updated = kept.updated(by: ResponseHead(status: 304), requestedAt: now, receivedAt: now)
            #expect((updated != nil) == (row["expected_on_304"]?.isNull == false), "\(row)")
            // Scrapy uses a no-cache page when the server fails, which RFC 9111, 5.2.2.4 forbids, and uses no page without a validator,
            // which it allows.
            #expect(kept.mayServeStale == (id != "httpcache-40"), "\(row)")
            var isTaken = false
            if case .reuse = kept.decision(for: try request("max-stale"), now: now) { isTaken = true }
            #expect(isTaken == (row["expected_with_request_max_stale"]?.stringValue == "stored copy"), "\(row)")
        }
    }

    @Test("a page that is staler than the request takes is asked for again")
    func maximumStaleness() throws {
        let rows = try rows("max_stale_value")
        #expect(rows.count == 2)
        for row in rows {
            guard let kept = try kept(row) else { continue }
            let asked = try request(row["request_cache_control"]?.stringValue)
            if case .reuse = kept.decision(for: asked, now: now) { Issue.record("used: \(row)") }
        }
    }
}
