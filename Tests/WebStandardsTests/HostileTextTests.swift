import TestSupport
import Testing
import WebStandards

/// Texts made to cost much or to mean two things: each states what must come out, and a bound on the time that is far above what it takes.
@Suite("Hostile texts")
struct HostileTextTests {
    private func within<Value>(_ limit: Duration = .seconds(10), _ body: () throws -> Value) rethrows -> Value {
        let start = ContinuousClock.now
        let value = try body()
        let taken = start.duration(to: .now)
        #expect(taken < limit)
        return value
    }

    @Test(
        "addresses of 200,000 bytes are parsed and canonicalised in bounded time",
        arguments: [
            "/", "/../", "/./", "%", "%25", "%2e/", "?a=b&", "&b=1", "@", ":", ".", "a.", "\\", "é", "xn--", "[", "#",
            "\t",
        ])
    func longAddresses(piece: String) {
        let text = "http://h/" + String(repeating: piece, count: 200_000 / piece.utf8.count)
        let host = "http://" + String(repeating: piece, count: 200_000 / piece.utf8.count) + "/"
        within(.seconds(30)) {
            for text in [text, host] {
                guard let url = WebURL(text) else { continue }
                let canonical = CanonicalURL(url, rules: .init(dropParameters: ["a*"]))
                #expect(CanonicalURL(canonical.url, rules: .init(dropParameters: ["a*"])) == canonical)
                #expect(WebURL(url.href) == url)
            }
        }
    }

    @Test(
        "there is one reading of who is asked, and what is written in front of an @ is no host",
        arguments: [
            ("http://good@evil/", "evil"), ("http://evil\\@good/", "evil"), ("http://good#@evil/", "good"),
            ("http://good?@evil/", "good"), ("http://good:80@evil:81/", "evil"), ("http://good%00.evil/", nil),
            ("http://good%2Fevil/", nil), ("http://good%23.evil/", nil), ("http://xn--a/", "xn--a"),
            ("http://xn--/", "xn--"),
            ("http://a:65536/", nil), ("http://a:0/", "a"), ("http://a:-1/", nil), ("http://a b/", nil),
            ("http://a\u{AD}b/", "ab"), ("http://ｇood/", "good"), ("http://g\u{200D}ood/", nil),
            ("http://1.2.3.4.5/", nil),
            ("http://0x7f.1/", "127.0.0.1"), ("http://0177.0.0.01/", "127.0.0.1"), ("http://2130706433/", "127.0.0.1"),
            ("http://１２７.０.０.１/", "127.0.0.1"), ("http://①②⑦.⓪.⓪.①/", "127.0.0.1"),
            ("http://[::ffff:127.0.0.1]/", "[::ffff:7f00:1]"), ("http://[fe80::1%25eth0]/", nil),
            ("http:/\\evil", "evil"), ("http:evil", "evil"), ("http://evil.\t/", "evil."), ("http:\n//ev\nil", "evil"),
            ("https://раураl.example/", "xn--l-7sba6dbr.example"),
        ])
    func smuggledHosts(text: String, host: String?) {
        let url = WebURL(text)
        #expect(url?.host == host)
        #expect(url?.withoutCredentials.hasCredentials ?? false == false)
        let origin = url?.withoutCredentials.href.dropFirst(7).prefix { !"/?#".contains($0) } ?? ""
        #expect(!origin.contains("@"))
    }

    @Test("a robots.txt is read up to 500 KiB in bounded time, whatever it repeats")
    func longRobots() {
        for line in [
            "User-agent: *\n", "Allow: /a\n", "Disallow: /*a\n", "Crawl-delay: 1\n", "Sitemap: /s\n", "\r", ":\n",
            "#\n", "a", "\0",
            "Request-rate: 1/1\n", "Visit-time: 0000-2400\n", "User-agent: a\nAllow: /\n",
        ] {
            let robots = Array(String(repeating: line, count: 2_000_000 / line.utf8.count).utf8)
            within {
                let file = RobotsFile(robots)
                let rules = file.rules(forAgent: "AnimeMatcher")
                _ = rules.isAllowed(target: "/a/b")
                #expect(file.sitemaps.count <= 1)
                #expect(rules.requestRates.count <= 100 && rules.visitTimes.count <= 100)
            }
        }
    }

    @Test("a thousand rules of many stars are answered for a long path in linear time")
    func manyStars() {
        let rule = "Disallow: /" + String(repeating: "*a", count: 200) + "*b\n"
        let rules = RobotsFile("User-agent: *\n" + String(repeating: rule, count: 1_000)).rules(forAgent: "x")
        let path = "/" + String(repeating: "a", count: 20_000)
        within(.seconds(5)) { #expect(rules.isAllowed(target: path)) }
        // Each piece is found only after a long search.
        let pieces = "Disallow: /" + String(repeating: "*aaaaaaab", count: 1_000) + "$\n"
        let slow = RobotsFile("User-agent: *\n" + String(repeating: pieces, count: 50)).rules(forAgent: "x")
        within(.seconds(5)) { #expect(slow.isAllowed(target: path + "b" + path)) }
    }

    @Test("a robots.txt in other encodings, with a mark in front or of HTML does what it says and no more")
    func encodings() {
        func allows(_ bytes: [UInt8]) -> Bool { RobotsFile(bytes).rules(forAgent: "x").isAllowed(target: "/x") }
        let text = "User-agent: *\nDisallow: /x"
        let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        #expect(!allows([0xEF, 0xBB, 0xBF] + text.utf8))
        #expect(!allows([0xFE, 0xFF] + big))
        #expect(!allows([0xFE, 0xFF] + big + [0]))
        #expect(allows([0xFF, 0xFE]))
        #expect(!allows(Array("\0User-agent: x\0\n".utf8) + Array(text.utf8)))
        #expect(allows(Array("<!DOCTYPE html><html><p>\(text.replacing("\n", with: "<br>"))</p></html>".utf8)))
        #expect(!allows(Array("HTTP/1.1 200 OK\n\n".utf8) + Array(text.utf8) + [0x0A, 0xC0, 0x80, 0xFF]))
    }

    private let sitemapAddress = "https://h.org/s.xml"

    private func sitemap(_ text: String, limits: SitemapLimits = .init()) throws -> Sitemap {
        try Sitemap(Array(text.utf8), at: try #require(WebURL(sitemapAddress)), limits: limits)
    }

    @Test("entities made to grow stay as small as they are written", .timeLimit(.minutes(2)))
    func entityBombs() throws {
        let before = ProcessMemory.peak
        let names = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
        let laughs =
            "<!DOCTYPE u [<!ENTITY l0 \"lol\">\(names)]><urlset><url><loc>https://h.org/&l9;</loc></url></urlset>"
        let entity = "<!DOCTYPE u [<!ENTITY a \"\(String(repeating: "a", count: 100_000))\">]>"
        let references = String(repeating: "&a;", count: 10_000)
        let quadratic = entity + "<urlset><url><loc>https://h.org/\(references)</loc></url></urlset>"
        let cycle =
            "<!DOCTYPE u [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><urlset><url><loc>https://h.org/&a;</loc></url></urlset>"
        let parameter = "<!DOCTYPE u [<!ENTITY % p \"<!ENTITY &#37; q 'x'>\">%p;%q;]><urlset></urlset>"
        for text in [laughs, quadratic, cycle, parameter] {
            let found = try within { try sitemap(text) }
            #expect(found.entries.isEmpty)
        }
        #expect(ProcessMemory.peak - before < 200 << 20)
    }

    @Test("documents that never end, or nest without end, are cut", .timeLimit(.minutes(2)))
    func endless() throws {
        for piece in [
            "<a>", "<urlset>", "<url>", "<url><loc>", "<!--", "<![CDATA[", "<!DOCTYPE a [", "&", "<a b='", "</", "<?",
        ] {
            let text = "<urlset>" + String(repeating: piece, count: 600_000 / piece.utf8.count)
            try within(.seconds(30)) {
                let found = try sitemap(text)
                #expect(found.entries.isEmpty)
                #expect(!found.isWellFormed)
            }
        }
    }

    @Test("of more addresses than the protocol allows the first 50,000 are read", .timeLimit(.minutes(2)))
    func manyEntries() throws {
        let entry = "<url><loc>https://h.org/a</loc></url>"
        let found = try within(.seconds(60)) {
            try sitemap("<urlset>" + String(repeating: entry, count: 60_000) + "</urlset>")
        }
        #expect(found.entries.count == 50_000)
        #expect(found.isTruncated)
        let lines = try within(.seconds(60)) { try sitemap(String(repeating: "https://h.org/a\n", count: 60_000)) }
        #expect(lines.entries.count == 50_000 && lines.isTruncated)
    }
}
