import TestSupport
import Testing
import WebStandards

/// Random changes to valid texts, the same in every run: nothing may trap, and invariants hold.
@Suite("Hostile input")
struct HostileInputTests {
    private func mutations(of text: String, count: Int = 400) -> [[UInt8]] {
        var generator = SplitMix64(seed: UInt64(text.utf8.count))
        let spice = Array("%/\\?#@:[].&=;<>!\"'- *$\n\u{0}０é\u{200D}א".utf8) + [0xFF, 0xC0, 0x80]
        return (0..<count).map { _ in
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0...bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.insert(spice.randomElement(using: &generator) ?? 0, at: place)
                case 1: if place < bytes.count { bytes.remove(at: place) }
                default: bytes = Array(bytes[place...] + bytes[..<place])
                }
            }
            return bytes
        }
    }

    @Test(
        "a URL that parses is stable, and both ways to parse it agree",
        arguments: [
            "http://user:pw@example.com:8080/a/%2e/b?x=1&y=%7E#f", "https://xn--bcher-kva.de/.a/..b",
            "file:///C:/x/../y",
            "http://[1:2::3:4]:80/", "https://例え.テスト/ü?ü#ü", "non-special:/..//a b ?c", "http://0x7f.1/a//b/../c/./",
        ])
    func urls(text: String) {
        for bytes in mutations(of: text) {
            let string = String(decoding: bytes, as: UTF8.self)
            let url = WebURL(string)
            #expect(url == WebURL(bytes: Array(string.utf8)))
            guard let url else { continue }
            let again = WebURL(url.href)
            #expect(again?.href == url.href)
            #expect(again?.path == url.path && again?.host == url.host && again?.query == url.query)
            #expect(url.href.utf8.allSatisfy { $0 > 0x1F && $0 < 0x7F })
            let canonical = CanonicalURL(url)
            #expect(CanonicalURL(canonical.url) == canonical)
            #expect(WebURL(canonical.string)?.path == canonical.url.path)
            _ = url.normalised(removingParameters: ["x"]).withoutCredentials.replacingQuery("a b").origin
        }
    }

    @Test("parsers of everything else only say no")
    func texts() throws {
        let base = try #require(WebURL("https://h/"))
        let robots =
            "User-agent: *\nDisallow: /a*b$\nCrawl-delay: 1.5\nRequest-rate: 1/5m 0600-0800\nVisit-time: 2300-0100"
        for bytes in mutations(of: robots) {
            for dialect in [RobotsFile.Dialect.rfc9309, .google] {
                _ = RobotsFile(bytes, dialect: dialect).rules(forAgent: "x").isAllowed(target: "/a%b")
            }
        }
        let sitemap =
            "<?xml?><!DOCTYPE u [<!ENTITY a 'b'>]><urlset><url><loc a='b'>/x&amp;&#9;</loc><![CDATA[c]]></url></urlset>"
        for bytes in mutations(of: sitemap) { _ = try? Sitemap(bytes, at: base) }
        for bytes in mutations(of: #"{"a":[1,-2e5,"\u00e9\ud83d\ude00",true,null],"b":{}}"#) {
            if let value = try? JSONValue(parsing: bytes) {
                #expect(try JSONValue(parsing: value.serialized()) == value)
            }
        }
        let tag = "googlebot: noindex, animematcher: nofollow, unavailable_after: Sun, 06 Nov 1994 08:49:37 GMT"
        for bytes in mutations(of: tag) {
            let text = String(decoding: bytes, as: UTF8.self)
            let directives = RobotsDirectives(headers: [text], agent: "AnimeMatcher")
            #expect(!directives.isNoarchive)
        }
        for bytes in mutations(of: "5 ; url='http://h/a b'") {
            if let refresh = MetaRefresh(String(decoding: bytes, as: UTF8.self)) {
                #expect(refresh.delay >= .zero && refresh.delay <= .seconds(86_400))
            }
        }
        for bytes in mutations(of: "<https://h/a>; rel=\"canonical next\"; title=x, </b>;rel=prev") {
            #expect(LinkHeader.list(String(decoding: bytes, as: UTF8.self)).count <= 100)
        }
        for bytes in mutations(of: "Sun, 06 Nov 1994 08:49:37 GMT") {
            let text = String(decoding: bytes, as: UTF8.self)
            _ = HTTPDate.parse(text)
            _ = RetryAfter.seconds(text, now: 0)
        }
        for bytes in mutations(of: "2026-03-09T10:30:15.25+02:00") {
            _ = W3CDateTime.parse(String(decoding: bytes, as: UTF8.self))
        }
        for bytes in mutations(of: "TZ=+05:30 */5 1-7/2 1,15 jan-mar mon", count: 200) {
            _ = (try? CronExpression(String(decoding: bytes, as: UTF8.self)))?.next(after: 1_700_000_000)
        }
    }
}
