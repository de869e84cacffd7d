import Testing
import WebStandards

@Suite("CanonicalURL")
struct CanonicalURLTests {
    private func canonical(_ text: String, _ rules: CanonicalisationRules = .init()) -> String? {
        WebURL(text).map { CanonicalURL($0, rules: rules).string }
    }

    @Test("parameters are sorted and written in one way")
    func parameters() {
        #expect(canonical("http://x.com/do?c=3&b=5&b=2&a=50") == "http://x.com/do?a=50&b=2&b=5&c=3")
        #expect(canonical("http://x.com/do?q=a%20b&A=%7e") == "http://x.com/do?A=~&q=a+b")
        #expect(canonical("http://x.com/do?b&a=") == "http://x.com/do?a=&b=")
        #expect(canonical("http://x.com/do?&&") == "http://x.com/do")
    }

    @Test("escapes in paths are decoded where that is safe")
    func paths() {
        #expect(canonical("http://x.com/%7Ea/%2f%3f%23/%e9") == "http://x.com/~a/%2F%3F%23/%E9")
        #expect(canonical("http://x.com/100%25/a%2525") == "http://x.com/100%25/a%2525")
        // A digit that would complete an escape nobody wrote stays one itself.
        #expect(canonical("http://x.com/%%356/%%61z") == "http://x.com/%%356/%%61z")
    }

    @Test("rules decide about fragments, blank values and parameters")
    func rules() {
        let text = "http://x.com/?utm_source=a&id=1&sid=&x=2#f"
        #expect(canonical(text) == "http://x.com/?id=1&sid=&utm_source=a&x=2")
        #expect(
            canonical(text, .init(keepFragments: true, keepBlankValues: false))
                == "http://x.com/?id=1&utm_source=a&x=2#f")
        #expect(canonical(text, .init(dropParameters: ["utm_*", "sid"])) == "http://x.com/?id=1&x=2")
        #expect(canonical(text, .init(keepOnlyParameters: ["id"])) == "http://x.com/?id=1")
        #expect(canonical(text, .init(sortParameters: false)) == "http://x.com/?utm_source=a&id=1&sid=&x=2")
    }

    @Test("canonicalising twice changes nothing more")
    func idempotence() throws {
        for text in [
            "http://x.com/a%20b?%C3%A9=+%2B&c", "http://x.com/%25%32%35?a=%2525", "mailto:a@b#c", "file:///x?b&a",
            "http://x.com/%%356", "http://x.com/%3%35", "http://x.com/%%%34%31/%%41",
        ] {
            let once = CanonicalURL(try #require(WebURL(text)))
            #expect(CanonicalURL(once.url) == once)
        }
    }

    @Test("the fingerprint is the head of the SHA-256 of the text")
    func fingerprint() throws {
        let url = CanonicalURL(try #require(WebURL("http://example.com")))
        #expect(url.fingerprint.hex == "2a1b402420ef46577471cdc7409b0fa2")
        #expect(URLFingerprint(hex: url.fingerprint.hex.uppercased()) == url.fingerprint)
        #expect(URLFingerprint(hex: "0f") == nil)
        #expect(URLFingerprint(hex: String(repeating: "g", count: 32)) == nil)
    }
}
