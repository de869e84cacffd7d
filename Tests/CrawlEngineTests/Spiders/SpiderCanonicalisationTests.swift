import CrawlDomain
import TestSupport
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("Canonical URLs of a spider")
struct SpiderCanonicalisationTests {
    private static func spider(_ canonical: String) throws -> Spider {
        try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [a.example, www.a.example, "a.example:8080"]
                canonical: \(canonical)
                pages:
                  anime: {url: "/anime/{id:int}/{slug?}", canonical: "/anime/{id}"}
                  list: {url: "/list?p={p:int?}", canonical: "/list?p={p|1}"}
                  any: {url: "/{rest...}"}
                """
        ).spider
    }

    private func key(_ spider: Spider, _ url: String) throws -> String {
        spider.canonicalURL(try #require(WebURL(url))).string
    }

    @Test("tracking parameters are dropped, by name or by the start of it")
    func drop() throws {
        let spider = try Self.spider("{drop: [utm_*, sid]}")
        #expect(
            try key(spider, "https://a.example/x?utm_source=a&b=2&sid=9&a=1&UTM_x=1#f")
                == "https://a.example/x?UTM_x=1&a=1&b=2")
        #expect(try key(spider, "https://a.example/x?utm_source=a") == "https://a.example/x")
        #expect(try key(spider, "https://a.example/x?%75tm_source=a&s%69d=1&q") == "https://a.example/x?q=")
    }

    @Test("a page is asked for without parameters that say nothing, the others in the site's order")
    func asked() throws {
        let spider = try Self.spider("{drop: [utm_*, sid]}")
        func asked(_ text: String, page: String = "any") throws -> String {
            spider.asked(DiscoveredLink(url: try #require(WebURL(text)), page: page, priority: 0)).url.href
        }
        #expect(try asked("https://a.example/x?z=1&utm_source=a&b=2&sid=9") == "https://a.example/x?z=1&b=2")
        #expect(try asked("https://a.example/x?utm_source=a") == "https://a.example/x")
        let plain = try Self.spider("{keep: [id]}")
        let link = DiscoveredLink(url: try #require(WebURL("https://a.example/x?z=1")), page: "any", priority: 0)
        #expect(plain.asked(link) == link, "what else is there may be needed to be answered")
    }

    @Test("where only named parameters count, all others are dropped")
    func keep() throws {
        let spider = try Self.spider("{keep: [id, page_*]}")
        #expect(try key(spider, "https://a.example/x?z=1&page_no=2&id=3&ids=4") == "https://a.example/x?id=3&page_no=2")
        let both = try Self.spider("{keep: [id, page_*], drop: page_size}")
        #expect(try key(both, "https://a.example/x?page_size=9&page_no=2") == "https://a.example/x?page_no=2")
    }

    @Test("a page kind's own path hides the slug and states what a list leaves out")
    func slug() throws {
        let spider = try Self.spider("{scheme: https, host: a.example}")
        for url in [
            "http://www.a.example/anime/5/Some_Title", "https://a.example/anime/5", "https://a.example/anime/5/?x=1#y",
        ] {
            #expect(try key(spider, url) == "https://a.example/anime/5")
        }
        #expect(try key(spider, "https://a.example/list?p=1") == key(spider, "https://a.example/list"))
        #expect(try key(spider, "https://a.example/list?p=2") == "https://a.example/list?p=2")
        #expect(try key(spider, "http://a.example:8080/x") == "https://a.example/x")
    }

    @Test("a URL that is not of the site is left to itself")
    func foreign() throws {
        let spider = try Self.spider("{scheme: https, host: a.example, drop: [q]}")
        #expect(try key(spider, "http://evil.example/anime/5/x?q=1") == "http://evil.example/anime/5/x?q=1")
        #expect(try key(spider, "mailto:a@b.example") == "mailto:a@b.example")
    }

    @Test(
        "canonicalising twice changes nothing, whatever the URL",
        arguments: ["{}", "{drop: [u*]}", "{keep: [id]}", "{scheme: https, host: www.a.example}"])
    func idempotence(canonical: String) throws {
        let spider = try Self.spider(canonical)
        var random = SplitMix64(seed: 46)
        let pieces = [
            "/", "anime", "5", "%2F", "%25", "%", "é", "?", "&", "=", "id", "utm", "+", " ", "#", "..", ".", "list",
            "p", "\\", "'", "\"", "%C3%A9", "%e9", ";",
        ]
        for _ in 0..<3_000 {
            let tail = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            guard let url = WebURL("http://a.example/" + tail.joined()) else { continue }
            let once = spider.canonicalURL(url)
            #expect(spider.canonicalURL(once.url) == once, "\(url)")
            #expect(WebURL(once.string) == once.url, "\(url)")
            #expect(spider.page(for: once.url) == spider.page(for: url), "\(url)")
        }
    }
}
