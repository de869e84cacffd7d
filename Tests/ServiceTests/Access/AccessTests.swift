import CrawlEngine
import Testing

@testable import Service

@Suite
struct HostRuleTests {
    private let rule = HostRule(listening: "127.0.0.1", hosts: ["Anime.example.org"])

    @Test(
        "known names are answered, whatever their port and case",
        arguments: [
            "localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "anime.example.org", "ANIME.example.org:443",
        ])
    func known(authority: String) { #expect(rule.allows(authority: authority)) }

    @Test(
        "others are not, however near they come",
        arguments: [
            "", "evil.example.net", "localhost.evil.example", "127.0.0.1.nip.io", "[::1", "[::2]", "0.0.0.0",
            "a@localhost",
        ])
    func unknown(authority: String) { #expect(!rule.allows(authority: authority)) }

    @Test("who listens to all has no name of that")
    func all() {
        for address in ["0.0.0.0", "::"] {
            #expect(!HostRule(listening: address, hosts: []).allows(authority: address))
        }
        #expect(HostRule(listening: "fd00::1", hosts: []).allows(authority: "[fd00::1]:80"))
    }

    @Test("changes come from our own pages and from programs")
    func origins() {
        let allows = { (origin: String?, site: String?) in
            rule.allowsChange(origin: origin, site: site, authority: "localhost:8080")
        }
        #expect(
            allows(nil, nil) && allows("http://localhost:8080", "same-origin") && allows("https://LOCALHOST:8080", nil))
        #expect(allows(nil, "none"))
        for origin in [
            "null", "http://localhost", "http://localhost:8080/", "http://evil.example.net", "localhost:8080",
            "file://",
        ] {
            #expect(!allows(origin, nil), "\(origin)")
        }
        #expect(!allows(nil, "cross-site") && !allows("http://localhost:8080", "same-site"))
    }
}

@Suite
struct ClientLimiterTests {
    private let start = ContinuousClock.now

    @Test("four seconds' worth at once, then the rate, for each client alone")
    func bucket() {
        var limiter = ClientLimiter(rate: 10)
        for _ in 0..<40 { #expect(limiter.take("a", now: start) == nil) }
        #expect(limiter.take("a", now: start) == .milliseconds(100))
        #expect(limiter.take("b", now: start) == nil)
        #expect(limiter.take("a", now: start + .milliseconds(100)) == nil)
        #expect(limiter.take("a", now: start + .milliseconds(150)) == .milliseconds(50))
        #expect((0..<50).count { _ in limiter.take("a", now: start + .seconds(3_600)) == nil } == 40)
    }

    @Test("a flood of addresses is not remembered")
    func bounded() {
        var limiter = ClientLimiter(rate: 1)
        for number in 0..<30_000 { _ = limiter.take("\(number)", now: start + .milliseconds(number / 100)) }
        #expect(limiter.clientCount <= ClientLimiter.mostClients)
    }
}

@Suite struct ClientAddressTests {
    @Test(
        "who has IPv6 has 64 bits of addresses, which are one; IPv4 within IPv6 is IPv4",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:0201", "192.0.2.1"),
            ("2001:db8:0:1::1", "2001:db8:0:1::/64"), ("2001:db8:0:1:ffff::2", "2001:db8:0:1::/64"),
            ("2001:db8:0:2::1", "2001:db8:0:2::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"), ("::2", "0:0:0:0::/64"),
        ])
    func counted(address: String, by text: String) {
        #expect(ClientAddress(address).text == text && !ClientAddress(address).isThisMachine)
    }

    @Test("this machine is known however it is written")
    func own() {
        for address in ["127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"] {
            #expect(ClientAddress(address).isThisMachine, "\(address)")
        }
        #expect(ClientAddress(nil).isThisMachine)
    }
}

@Suite
struct TokenTests {
    @Test("a token is accepted by its hash alone, and nothing near it is")
    func accepted() throws {
        let (token, other) = (NewToken(), NewToken())
        let kept = try #require(TokenHash(token.hash.text))
        #expect([other.hash, kept].accept(token.text))
        #expect(![kept].accept(other.text) && ![kept].accept(String(token.text.dropLast())) && ![].accept(token.text))
        #expect(![kept].accept(""))
        #expect(token.text.count == 46 && token.text != other.text && !token.hash.text.contains(token.text))
    }

    @Test(
        "only whole hashes are read",
        arguments: [
            "", "sha256:", "am_abc", "sha256:" + String(repeating: "g", count: 64),
            "sha1:" + String(repeating: "0", count: 64),
        ])
    func unread(text: String) { #expect(TokenHash(text) == nil) }
}
