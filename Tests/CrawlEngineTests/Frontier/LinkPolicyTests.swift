import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct LinkPolicyTests {
    private static let spider = """
        site: test
        hosts: [anime.example]
        limits: {depth: 3, offset: 5000, urls_per_path: 40, session_ids: strip}
        pages:
          needed: {url: "/needed?sid={id}"}
          list: {url: /list, offset: 70}
          any: {url: "/{rest...}"}
        """

    private func verdict(_ url: String, page: String = "any", depth: Int = 1) throws -> LinkPolicy.Verdict {
        let policy = LinkPolicy(try SpiderFixtures.extractor(yaml: Self.spider).spider, year: 2026)
        let link = DiscoveredLink(url: try #require(WebURL(url)), page: page, priority: 0)
        return policy.verdict(on: link, depth: depth, via: nil)
    }

    private func followed(_ url: String, page: String = "any") throws -> String? {
        guard case .follow(let found) = try verdict(url, page: page) else { return nil }
        return found.url.href
    }

    @Test(
        "session ids are taken out of URLs",
        arguments: [
            ("/a;jsessionid=0a1b2c3d4e5f60718293", "/a"), ("/a;jsessionid=0A1B2C3D4E5F60718293.node1?x=1", "/a?x=1"),
            ("/a?PHPSESSID=0a1b2c3d4e5f60718293&x=1", "/a?x=1"), ("/a?x=1&sid=0a1b2c3d4e5f60718293", "/a?x=1"),
            ("/a?ASPSESSIONIDQQ=ABCDEFGHIJ0123456789", "/a"),
        ])
    func stripped(url: String, clean: String) throws {
        #expect(try followed("https://anime.example\(url)") == "https://anime.example\(clean)")
    }

    @Test(
        "what only looks a little like one stays",
        arguments: ["/a?sid=5", "/a?sid=the-melancholy-of-haruhi", "/a;v=1", "/a?s=naruto", "/a?session=winter&x=1"])
    func kept(url: String) throws {
        #expect(try followed("https://anime.example\(url)") == "https://anime.example\(url)")
    }

    @Test("a page kind that needs such a parameter gets it")
    func needed() throws {
        let url = "https://anime.example/needed?sid=0a1b2c3d4e5f60718293"
        #expect(try followed(url, page: "needed") == url)
    }

    @Test("the spider's limits count, and a page kind's own bound for its lists")
    func limits() throws {
        #expect(try verdict("https://anime.example/x", depth: 4) == .refuse(.depth))
        #expect(try verdict("https://anime.example/x?page=5001") == .refuse(.offset))
        #expect(try verdict("https://anime.example/list?page=71", page: "list") == .refuse(.offset))
        #expect(try followed("https://anime.example/list?page=70", page: "list") != nil)
        #expect(try verdict("https://other.example/x") == .outOfScope)
        #expect(try SpiderFixtures.extractor(yaml: Self.spider).spider.limits.budgets.urlsPerPath == 40)
    }

    @Test(
        "the key a link is found again by is that of the URL which is followed, and says nothing of whether links are equal",
        arguments: [
            "/a?b=2&a=1#x", "/a?PHPSESSID=0a1b2c3d4e5f60718293&x=1", "/needed?sid=0a1b2c3d4e5f60718293", "/a%7eb",
        ])
    func fingerprint(url: String) throws {
        let spider = try SpiderFixtures.extractor(yaml: Self.spider).spider
        let page = url.hasPrefix("/needed") ? "needed" : "any"
        let plain = DiscoveredLink(
            url: try #require(WebURL("https://anime.example\(url)")), page: page, priority: 0)
        let keyed = spider.withFingerprint(plain)
        guard case .follow(let found) = try verdict(plain.url.href, page: page) else { return #expect(Bool(false)) }
        #expect(keyed.fingerprint == found.fingerprint)
        #expect(keyed == plain)
        let other = DiscoveredLink(
            url: try #require(WebURL("https://other.example/a")), page: page, priority: 0)
        #expect(spider.withFingerprint(other).fingerprint == nil)
    }

    @Test("a wrong limit is an error with its place")
    func mistakes() throws {
        func mistakes(_ limits: String) throws -> [String] {
            try SpiderFixtures.mistakes([
                "test": "site: test\nhosts: [a.example]\nlimits: \(limits)\npages: {any: {url: \"/{rest...}\"}}\n"
            ])
        }
        #expect(try mistakes("{dept: 5}").first?.hasPrefix("test.yaml:3:10: unknown key 'dept'") == true)
        #expect(try mistakes("{depth: -1}").first?.contains("expected a whole number from 1") == true)
        #expect(try mistakes("{session_ids: drop}").first?.contains("strip") == true)
        #expect(try mistakes("[1]").first?.contains("expected a map") == true)
        #expect(try mistakes("{urls_per_path: 10}").isEmpty)
    }
}
