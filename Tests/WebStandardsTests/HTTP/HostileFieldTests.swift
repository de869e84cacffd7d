import TestSupport
import Testing

@testable import WebStandards

@Suite("Hostile header fields")
struct HostileFieldTests {
    private let now: Int64 = 1_790_000_000
    /// Pieces that mean something, and some that do not.
    private static let pieces = [
        "max-age", "no-cache", "no-store", "public", "=", ",", "\"", "\\", " ", "\t", "W/", "*", "0", "3600", "-1",
        "99999999999999999999",
        "Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 0000 00:00:00 GMT", "\u{0}",
        "\r\n", "é", "\u{1F600}",
        "/", "//", "?", "#", "@", ":", "http", "https://", "[::1]", "%", "file:", "a",
    ]

    private func text(_ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...8, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    @Test(
        "whatever the fields say, lifetimes and ages stay within bounds and redirects lead to http without a user name")
    func anything() throws {
        var random = SplitMix64(seed: 9_111)
        let request = RequestHead(url: try #require(WebURL("https://example.com/a?b")))
        let names = [
            "Cache-Control", "Expires", "Date", "Age", "ETag", "Last-Modified", "Vary", "Connection", "Location",
        ]
        for _ in 0..<20_000 {
            var fields = HeaderFields()
            for name in names where Bool.random(using: &random) { fields.append(name, text(&random)) }
            let status = [200, 301, 302, 303, 304, 307, 308, 404].randomElement(using: &random) ?? 200
            let response = ResponseHead(status: status, fields: fields)
            if let kept = CachedResponse(response, to: request, requestedAt: now, receivedAt: now) {
                #expect((0...CacheControl.maximumSeconds).contains(kept.freshnessLifetime))
                #expect(kept.age(now: now + 1) >= 1)
                for field in kept.validators.requestFields {
                    #expect(field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "\(fields)")
                }
                _ = kept.decision(for: request, now: now)
                _ = kept.updated(by: ResponseHead(status: 304, fields: fields), requestedAt: now, receivedAt: now)
            }
            guard let next = Redirect(of: request, by: response)?.request.url else { continue }
            #expect(next.isHTTP && !next.hasCredentials, "\(fields)")
            #expect(next.href.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(fields)")
        }
    }

    @Test(
        "a field of 128 KiB is read without delay",
        arguments: [",", "\"", "\\\"", "a=\"", "max-age=1,"])
    func large(piece: String) {
        let value = String(repeating: piece, count: (128 << 10) / piece.utf8.count)
        let start = ContinuousClock.now
        _ = CacheControl(["Cache-Control": value])
        _ = Validators(["ETag": value, "Last-Modified": value])
        _ = HTTPDate.parseStrictly(value, now: now)
        #expect(start.duration(to: .now) < .seconds(30))
    }
}
