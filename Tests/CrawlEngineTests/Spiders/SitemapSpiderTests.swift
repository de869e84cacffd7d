import CrawlDomain
import Foundation
import TestSupport
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("Sitemaps of a spider")
struct SitemapSpiderTests {
    private static func yaml(_ sitemaps: String) -> String {
        """
        site: test
        hosts: [a.example, b.example]
        start: ["https://a.example/list"]
        canonical: {drop: [id]}
        sitemaps: \(sitemaps)
        pages:
          list: {url: /list, links: [a]}
          anime:
            url: "/anime/{id:int}"
            item: {type: entry, id: "{site}:{id}", fields: {id: {from: id}, title: h1, adult: {const: false}}}
        """
    }

    private let extractor: SpiderExtractor

    init() throws {
        extractor = try SpiderFixtures.extractor(yaml: Self.yaml("{pages: [anime], priority: 4, revisit: 2h}"))
    }

    private func read(
        _ url: String, _ body: [UInt8], status: Int = 200, via: String? = "https://a.example/robots.txt"
    ) throws -> Extraction {
        extractor.extract(
            url: try #require(WebURL(url)), status: status, contentType: nil, body: body,
            context: AnswerContext(page: "sitemap", via: via.flatMap { WebURL($0) }))
    }

    private func urlSet(_ addresses: String...) -> [UInt8] {
        Array("<urlset>\(addresses.map { "<url><loc>\($0)</loc></url>" }.joined())</urlset>".utf8)
    }

    private func index(_ addresses: String...) -> [UInt8] {
        Array("<sitemapindex>\(addresses.map { "<sitemap><loc>\($0)</loc></sitemap>" }.joined())</sitemapindex>".utf8)
    }

    @Test("a crawl starts from the robots.txt beside its start pages")
    func seeds() {
        let seeds = extractor.spider.seeds
        #expect(seeds.map(\.url.href) == ["https://a.example/list", "https://a.example/robots.txt"])
        #expect(seeds.map(\.page) == ["list", "sitemap"])
        #expect(extractor.spider.revisitAge(of: "sitemap") == .seconds(7200))
    }

    @Test("robots.txt names sitemaps in scope; each keeps its parameters")
    func robots() throws {
        let text =
            "Sitemap: /s.php?id=1\nSitemap: /s.php?id=2\nSitemap: https://c.example/s\nSitemap: file:///etc/passwd"
        let found = try read("https://a.example/robots.txt", Array(text.utf8))
        #expect(found.links.map(\.url.href) == ["https://a.example/s.php?id=1", "https://a.example/s.php?id=2"])
        #expect(found.links.allSatisfy { $0.page == "sitemap" && $0.priority == 5 })
        let fingerprints = Set(
            found.links.compactMap { extractor.spider.frontierURL($0, depth: 1, via: nil)?.fingerprint })
        #expect(fingerprints.count == 2)
    }

    @Test("listed addresses become links of the wanted page kinds")
    func pages() throws {
        let found = try read(
            "https://a.example/s.xml",
            urlSet(
                "https://a.example/anime/1", "https://a.example/anime/1#x", "https://a.example/list",
                "https://a.example/x",
                "http://u:p@a.example/anime/2", "file:///anime/3", "/anime/4"))
        #expect(
            found.links.map(\.url.href) == [
                "https://a.example/anime/1", "https://a.example/anime/1", "http://a.example/anime/2",
            ])
        #expect(found.links.allSatisfy { $0.page == "anime" && $0.priority == 4 })
        #expect(found.drops.isEmpty && found.items.isEmpty && !found.mayBeKept)
    }

    @Test("a sitemap speaks for its own host, and for the one whose robots.txt names it")
    func hosts() throws {
        let list = urlSet("https://a.example/anime/1", "https://b.example/anime/2", "https://evil.example/anime/3")
        #expect(try read("https://b.example/s.xml", list).links.map(\.url.host) == ["a.example", "b.example"])
        for via in ["https://b.example/robots.txt", "https://a.example/other.xml", nil] {
            #expect(try read("https://b.example/s.xml", list, via: via).links.map(\.url.host) == ["b.example"])
        }
    }

    @Test("an index leads to sitemaps, one in an index to nothing")
    func indexes() throws {
        let list = index("https://a.example/1.xml.gz", "https://b.example/2.xml")
        let found = try read("https://a.example/i.xml", list)
        #expect(found.links.map(\.url.href) == ["https://a.example/1.xml.gz"])
        #expect(found.links.first?.page == "sitemap")
        let nested = try read("https://a.example/i2.xml", list, via: "https://a.example/i.xml")
        #expect(nested.links.isEmpty)
        #expect(nested.pageDrop?.reason == .notSitemap)
    }

    @Test("gzip files are read by what they are, whatever names and lengths they state")
    func compressed() throws {
        let list = urlSet("https://a.example/anime/1")
        for name in ["", "../../../../etc/passwd"] {
            let found = try read("https://a.example/s.xml", GzipFile.stored(list, name: name))
            #expect(found.links.count == 1)
        }
        var lying = GzipFile.stored(list)
        lying.replaceSubrange((lying.count - 4)..., with: [0xFF, 0xFF, 0xFF, 0x7F])
        #expect(try read("https://a.example/s.xml", lying).pageDrop?.reason == .notSitemap)
        #expect(
            try read("https://a.example/s.xml", Array(GzipFile.stored(list).dropLast(9))).pageDrop?.reason
                == .notSitemap)
    }

    @Test("a gzip file that unpacks to more than a sitemap may have is refused at its limit", .timeLimit(.minutes(2)))
    func bomb() throws {
        let before = ProcessMemory.peak
        let drop = try read("https://a.example/s.xml.gz", GzipFile.zeros(1 << 30)).pageDrop
        #expect(drop?.reason == .tooLarge)
        #expect(ProcessMemory.peak - before < 400 << 20)
    }

    @Test("a sitemap that stops in the middle gives what it has, and is to be asked for again, whole")
    func cut() throws {
        let list = urlSet("https://a.example/anime/1", "https://a.example/anime/2")
        for length in [list.count - 9, list.count - 40] {
            let found = try read("https://a.example/s.xml", Array(list.prefix(length)))
            #expect(found.links.first?.url.href == "https://a.example/anime/1")
            #expect(found.pageDrop?.reason == .truncatedPage)
        }
        let many = (0...50_000).map { "<url><loc>https://a.example/anime/\($0)</loc></url>" }.joined()
        let full = try read("https://a.example/s.xml", Array("<urlset>\(many)</urlset>".utf8))
        #expect(full.links.count == 50_000 && full.drops.isEmpty)
    }

    @Test("what is no sitemap is a drop, and a missing one says so")
    func refusals() throws {
        #expect(
            try read("https://a.example/s.xml", Array("<html><body>x</body></html>".utf8)).pageDrop?.reason
                == .notSitemap)
        #expect(try read("https://a.example/s.xml", []).pageDrop?.reason == .notSitemap)
        #expect(try read("https://a.example/s.xml", [], status: 404).pageDrop?.reason == .notFound)
        #expect(try read("https://a.example/s.xml", [], status: 503).pageDrop?.reason == .unavailable)
    }

    @Test("sitemaps are told as true, as URLs, or in full")
    func forms() throws {
        func seeds(_ sitemaps: String) throws -> [String] {
            try SpiderFixtures.extractor(yaml: Self.yaml(sitemaps)).spider.seeds.filter { $0.page == "sitemap" }
                .map(\.url.href)
        }
        #expect(try seeds("true") == ["https://a.example/robots.txt"])
        #expect(try seeds("false") == [])
        #expect(try seeds("https://a.example/s.xml#x") == ["https://a.example/s.xml"])
        #expect(try seeds("[https://a.example/1, https://out.example/2]") == ["https://a.example/1"])
        #expect(
            try seeds("{urls: https://a.example/1, robots: true, revisit: never}") == [
                "https://a.example/1", "https://a.example/robots.txt",
            ])
    }

    @Test("mistakes are named with their place and the expected form")
    func mistakes() throws {
        func mistake(_ sitemaps: String) throws -> String {
            try SpiderFixtures.mistakes(["test": Self.yaml(sitemaps)]).joined()
        }
        #expect(try mistake("yes please").contains("test.yaml:5:11: expected true, an http or https URL"))
        #expect(try mistake("[ftp://a.example/s]").contains("expected true, an http or https URL"))
        #expect(try mistake("{pages: [amine]}").contains("did you mean 'anime'"))
        #expect(try mistake("{page: anime}").contains("unknown key 'page'"))
        let clash = Self.yaml("true").replacingOccurrences(of: "  list:", with: "  sitemap:")
        #expect(try SpiderFixtures.mistakes(["test": clash]).joined().contains("'sitemap' must have another name"))
    }
}
