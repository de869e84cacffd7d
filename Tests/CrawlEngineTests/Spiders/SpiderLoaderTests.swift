import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("SpiderLoader")
struct SpiderLoaderTests {
    private static let simple = """
        site: test
        hosts: [anime.example]
        start: ["https://anime.example/top"]
        pages:
          top: {url: /top, links: [.title]}
          anime:
            url: "/anime/{id:int}"
            revisit: 7d
            item:
              type: entry
              id: "{site}:{id}"
              fields: {id: {from: id}, title: h1, genres: .genres a, score: .score, adult: {const: false}, type: .type}
        """

    @Test("a spider of a few lines reads a site")
    func simple() throws {
        let extractor = try SpiderFixtures.extractor(yaml: Self.simple)
        let top = extractor.extract(
            "https://anime.example/top", "<a class=title href=/anime/5>A</a><a class=title href=/about>x</a>")
        #expect(
            top.links == [
                DiscoveredLink(url: try #require(WebURL("https://anime.example/anime/5")), page: "anime", priority: 0)
            ])
        let page = extractor.extract(
            "https://anime.example/anime/5",
            "<h1>A  title</h1><p class=genres><a>Action</a>, <a>Drama</a></p><b class=score>8</b><i class=type>TV</i>")
        let item = try #require(page.items.first, "\(page.drops)")
        #expect(item.key == "test:5")
        #expect(item.fields["title"] == "A title")
        #expect(item.fields["genres"] == ["Action", "Drama"])
        #expect(item.fields["score"] == .double(8))
        #expect(item.fields["url"] == "https://anime.example/anime/5")
    }

    @Test("all mistakes of a file are reported, each at its place and with the expected form")
    func mistakes() throws {
        let text = """
            site: test
            hosts: ["anime.example/x"]
            nmae: X
            start: [{url: "https://anime.example/", page: tpo}]
            verdicts: [{drop: gone_fishing, status: 99}]
            pages:
              top:
                url: top
                revisit: soon
                links: [{css: "a[", page: anmie}]
              anime:
                url: "/anime/{id:int}"
                item:
                  type: entry
                  id: "{site}:{nr}"
                  fields:
                    tittle: h1
                    type: {xpath: "//a[", then: [upcase, {match: "("}]}
                    score: {css: b, xpath: //b}
                    source: {then: trim}
            """
        let found = try SpiderFixtures.mistakes(["test": text])
        let expected = [
            "test.yaml:2:9: expected a host such as example.com or 127.0.0.1:8080, found 'anime.example/x'",
            "test.yaml:3:1: unknown key 'nmae'; did you mean 'name'?",
            "test.yaml:4:47: unknown page kind 'tpo'; did you mean 'top'?",
            "test.yaml:5:19: unknown name 'gone_fishing'; expected one of empty_page",
            "test.yaml:5:41: expected a status such as 404, or a range such as 500-599, found '99'",
            "test.yaml:8:10: not a URL pattern: a URL pattern starts with '/'",
            "test.yaml:9:14: expected a time with its unit",
            "test.yaml:10:19: not a CSS selector",
            "test.yaml:10:31: unknown page kind 'anmie'; did you mean 'anime'?",
            "test.yaml:15:11: nothing here is called 'nr'; did you mean 'id'?",
            "test.yaml:17:9: the schema has no field 'tittle'; did you mean 'title'?",
            "test.yaml:18:23: not an XPath expression",
            "test.yaml:18:38: unknown converter 'upcase'",
            "test.yaml:18:54: not a regular expression",
            "test.yaml:19:16: one way to find a value has one source",
            "test.yaml:20:17: nothing says where the value comes from",
        ]
        for start in expected {
            #expect(found.contains { $0.hasPrefix(start) }, "\(start)\nnot in\n\(found.joined(separator: "\n"))")
        }
        #expect(found.count == expected.count, "\(found.joined(separator: "\n"))")
    }

    @Test("a spider that extends another takes what it does not say itself")
    func extending() throws {
        let loader = try SpiderFixtures.loader()
        let (base, demo) = (try loader.load(site: "myanimelist"), try loader.load(site: "demo"))
        #expect(demo.site == "demo")
        #expect(demo.pages.map(\.name) == base.pages.map(\.name))
        #expect(demo.isInScope(try #require(WebURL("http://127.0.0.1:8765/topanime.php"))))
        #expect(!demo.isInScope(try #require(WebURL("https://myanimelist.net/anime/1"))))
        #expect(demo.seeds.map(\.page) == ["ranking", "users"])
        #expect(demo.politeness.delay == .zero)
        #expect(base.politeness.delay == .seconds(4))
        #expect(base.version != demo.version)
    }

    @Test("every spider of the project is free of mistakes")
    func all() throws {
        let loader = try SpiderFixtures.loader()
        #expect(loader.sites.contains("myanimelist"))
        #expect(try loader.loadAll().count == loader.sites.count)
    }

    @Test("a spider that is not there, or extends one that is not, is reported")
    func missing() throws {
        #expect(try SpiderFixtures.mistakes([:]) == ["test.yaml: there is no such spider"])
        #expect(
            try SpiderFixtures.mistakes(["test": "extends: base\nsite: test\n"]).first?.hasPrefix(
                "test.yaml:1:10: there is no spider") == true)
        #expect(
            try SpiderFixtures.mistakes(["test": "extends: test\nsite: test\n"]) == [
                "test.yaml:1:10: 'test' would extend itself; expected another spider, or no extends"
            ])
        #expect(throws: SpiderError.self) { try SpiderFixtures.extractor("../etc/passwd") }
    }

    @Test("URLs that are one page have one fingerprint")
    func canonical() throws {
        let spider = try SpiderFixtures.extractor("myanimelist").spider
        func key(_ url: String) throws -> String { spider.canonicalURL(try #require(WebURL(url))).string }
        #expect(
            try key("http://www.myanimelist.net/anime/5/Some_Slug?utm_source=x") == "https://myanimelist.net/anime/5")
        #expect(try key("https://myanimelist.net/anime.php?id=5") == "https://myanimelist.net/anime/5")
        #expect(
            try key("https://myanimelist.net/anime/5/x/reviews")
                == key("https://myanimelist.net/anime/5/y/reviews?p=1&spoiler=on"))
        #expect(
            try key("https://myanimelist.net/anime/5/x/reviews?p=2")
                != key("https://myanimelist.net/anime/5/x/reviews?p=1"))
        #expect(try key("https://myanimelist.net/topanime.php") == key("https://myanimelist.net/topanime.php?limit=0"))
        #expect(spider.page(for: try #require(WebURL("https://myanimelist.net/profile/A"))) == "profile")
        #expect(spider.page(for: try #require(WebURL("https://other.example/profile/A"))) == nil)
        #expect(spider.revisitAge(of: "anime") == .seconds(30 * 86_400))
    }
}
