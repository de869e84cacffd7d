import Testing
import WebStandards

@Suite("WebURL")
struct WebURLTests {
    @Test("the parts of a full URL are found")
    func parts() throws {
        let url = try #require(WebURL("HTTPS://me:s3cret@EXAMPLE.com:8443/a/../b c?x=1 2#top"))
        #expect(url.href == "https://me:s3cret@example.com:8443/b%20c?x=1%202#top")
        #expect(url.scheme == "https")
        #expect(url.username == "me")
        #expect(url.password == "s3cret")
        #expect(url.host == "example.com")
        #expect(url.port == 8443)
        #expect(url.path == "/b%20c")
        #expect(url.query == "x=1%202")
        #expect(url.fragment == "top")
        #expect(url.origin == "https://example.com:8443")
        #expect(url.requestTarget == "/b%20c?x=1%202")
    }

    @Test("a default port is dropped but still effective")
    func defaultPort() throws {
        let url = try #require(WebURL("http://example.com:80"))
        #expect(url.href == "http://example.com/")
        #expect(url.port == nil)
        #expect(url.effectivePort == 80)
        #expect(url.origin == "http://example.com")
    }

    @Test(
        "every spelling of a loopback address is the same host",
        arguments: [
            "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
            "http://127.1./",
            "http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://%31%32%37.0.0.1/",
        ])
    func loopback(text: String) {
        #expect(WebURL(text)?.host == "127.0.0.1")
    }

    @Test("IPv6 hosts are written in their shortest form")
    func addresses() {
        #expect(WebURL("http://[::ffff:127.0.0.1]/")?.host == "[::ffff:7f00:1]")
        #expect(WebURL("http://[64:FF9B:0:0:0:0:7f00:1]/")?.host == "[64:ff9b::7f00:1]")
        #expect(WebURL("http://[1:0:0:2:0:0:0:3]/")?.host == "[1:0:0:2::3]")
        #expect(WebURL("http://[0:0:0:0:0:0:0:0]/")?.host == "[::]")
        #expect(WebURL("http://[fe80::1%25eth0]/") == nil)
    }

    @Test(
        "hosts that different programs would read differently are refused or read one way",
        arguments: [
            ("http://good@evil/", "evil"), ("http://evil\\@good/", "evil"), ("http://good#@evil/", "good"),
            ("http://good%00.evil/", nil), ("http://good:80:80/", nil), ("http://good:65536/", nil),
            ("http://a b/", nil),
            ("http://[::1", nil), ("http:///", nil), ("http://1.2.3.4.5/", nil), ("http://256.0.0.1/", nil),
        ] as [(String, String?)])
    func smuggledHosts(text: String, host: String?) {
        #expect(WebURL(text)?.host == host)
    }

    @Test("line breaks never get into a URL")
    func lineBreaks() {
        #expect(WebURL("http://a/x\r\nHost: evil")?.href == "http://a/xHost:%20evil")
        #expect(WebURL("http://a/x%0d%0aY: z")?.href == "http://a/x%0d%0aY:%20z")
    }

    @Test("relative references are resolved as browsers do")
    func resolution() throws {
        let base = try #require(WebURL("http://a/b/c/d;p?q#f"))
        let expected = [
            "g": "http://a/b/c/g", "./g/": "http://a/b/c/g/", "/g": "http://a/g", "//g": "http://g/",
            "?y": "http://a/b/c/d;p?y",
            "#s": "http://a/b/c/d;p?q#s", "": "http://a/b/c/d;p?q", "../..": "http://a/", "../../../g": "http://a/g",
            "g/%2e%2E/h": "http://a/b/c/h", "\\x\\y": "http://a/x/y", "https:z": "https://z/", "mailto:x": "mailto:x",
        ]
        for (reference, href) in expected { #expect(WebURL(reference, base: base)?.href == href) }
    }

    @Test("parsing a serialisation changes nothing")
    func idempotence() throws {
        for text in [
            "http://ex.com/%7Ea?b=%41", "data:text/plain,hi there ?q", "file:///C|/x/../..", "non:/..//p", "non://H/p",
        ] {
            let once = try #require(WebURL(text))
            #expect(WebURL(once.href)?.href == once.href)
        }
    }

    @Test("credentials, fragment and query can be taken away")
    func reductions() throws {
        let url = try #require(WebURL("http://u:p@h:81/p?q#f"))
        #expect(url.withoutCredentials.href == "http://h:81/p?q#f")
        #expect(url.withoutFragment.href == "http://u:p@h:81/p?q")
        #expect(url.replacingQuery(nil).href == "http://u:p@h:81/p#f")
        #expect(url.replacingQuery("a=#").href == "http://u:p@h:81/p?a=%23#f")
    }

    @Test("normalising keeps the order of parameters and drops those named")
    func normalisation() throws {
        let url = try #require(WebURL("http://h/%7eu/%2f?z=1&sid=9&a=%41%2f#f"))
        #expect(url.normalised(removingParameters: ["sid"]).href == "http://h/~u/%2F?z=1&a=A%2F")
        #expect(url.normalised(removingParameters: ["s*", "z"]).href == "http://h/~u/%2F?a=A%2F")
    }
}
