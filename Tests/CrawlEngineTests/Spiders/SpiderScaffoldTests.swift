import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("SpiderScaffold")
struct SpiderScaffoldTests {
    private func read(_ url: String, _ page: String) throws -> (text: String, found: Extraction) {
        let schemas = try SpiderFixtures.schemas()
        let address = try #require(WebURL(url))
        let scaffold = try SpiderScaffold(site: "new-site", url: address, schemas: schemas)
        let text = scaffold.text(page: Array(page.utf8), contentType: nil)
        let extractor = SpiderExtractor(spider: try scaffold.spider(of: text), pipeline: ItemPipeline(schemas: schemas))
        return (text, extractor.extract(url: address, status: 200, contentType: nil, body: Array(page.utf8)))
    }

    @Test("JSON-LD, meta elements and labelled values of a page become rules that read it")
    func guesses() throws {
        let page = """
            <html><head><meta property="og:image" content="/i/5.jpg"><script type="application/ld+json">{"@type": "TVSeries", "name":
            "A Title", "genre": ["Drama", "Action"], "aggregateRating": {"ratingValue": "7.5", "ratingCount": 12}, "numberOfEpisodes": 12}</script>
            </head><body><h1>Other</h1><p><b>Type:</b> TV</p><p><b>Status:</b> Finished</p><p><b>Score:</b> N/A</p></body></html>
            """
        let (text, found) = try read("https://anime.example/anime/5/a-title?x=1", page)
        let item = try #require(found.items.first, "\(found.drops) \(text)")
        #expect(item.key == "new-site:5")
        #expect(item.fields["title"] == "A Title")
        #expect(item.fields["genres"] == ["Drama", "Action"])
        #expect(item.fields["score"] == .double(7.5))
        #expect(item.fields["scored_by"] == 12)
        #expect(item.fields["episodes"] == 12)
        #expect(item.fields["type"] == "TV")
        #expect(item.fields["status"] == "Finished")
        #expect(item.fields["img_url"] == "https://anime.example/i/5.jpg")
        #expect(text.contains(#"url: "/anime/{id:int}/{slug?}""#))
        #expect(text.contains("# seen: Type, Status, Score"))
        #expect(text.hasPrefix("# yaml-language-server: $schema="))
    }

    @Test(
        "the page kind's pattern serves the page, whatever its address looks like",
        arguments: [
            "https://a.example/anime/5", "https://a.example/anime.php?id=77&x={y}", "https://a.example/",
            "https://a.example/x/some-title",
            "https://a.example/5/stats/all", "https://a.example/a%20b/%7Bid%7D/9/q", "https://a.example:8080/sitemap/3",
            "https://a.example/anime/\"'#:[]/5", "https://a.example/anime/5.html",
            "https://a.example/anime/5-some-title",
            "https://a.example/x?a=\\b\\q", "https://a.example/a%20b/c%20d/e", "https://a.example/null/5",
            "https://a.example/~/5",
        ])
    func addresses(_ url: String) throws {
        let (text, found) = try read(url, "<h1>A</h1>")
        #expect(found.page != nil, "\(text)")
        #expect(found.items.count == 1, "\(text) \(found.drops)")
    }

    @Test("what a page says cannot end a comment or break the file, and a page without anything still gives a spider")
    func hostile() throws {
        let page =
            "<title>x</title><h1>a\u{2028}b\u{85}c # : {[\"'\nd</h1><dl><dt>K\n: x<dd>1<dt>Type<dd>TV\u{202E}</dl>"
        #expect(try read("https://a.example/anime/5", page).found.items.count == 1)
        #expect(try read("https://a.example/anime/5", "<p>nothing").text.contains("title: h1"))
        #expect(try read("https://a.example/anime/5", "{}").text.contains("document: json"))
        let json = try read("https://a.example/api/anime/5", #"{"title": "T", "genres": [{"name": "A"}], "mean": 8.1}"#)
        #expect(json.found.items.first?.fields["genres"] == ["A"])
        #expect(json.found.items.first?.fields["score"] == .double(8.1))
    }

    @Test(
        "numbers and names in addresses become the entry's",
        arguments: [
            ("/anime/5.html", "/anime/{id:int}.html", "new-site:5", 5),
            ("/anime/5-some-title", "/anime/{id:int}-{slug}", "new-site:5", 5),
            ("/anime/some-title", "/anime/{slug}", "new-site:some-title", "some-title"),
        ] as [(String, String, String, JSONValue)])
    func identities(path: String, pattern: String, key: String, id: JSONValue) throws {
        let (text, found) = try read("https://a.example\(path)", "<h1>A</h1>")
        #expect(text.contains("url: \"\(pattern)\""), "\(text)")
        #expect(found.items.first?.key == key && found.items.first?.fields["id"] == id, "\(found.drops)")
    }

    @Test("a name that cannot be a site's, or no address, is refused with the expected form")
    func refused() throws {
        let schemas = try SpiderFixtures.schemas()
        let url = try #require(WebURL("https://a.example/"))
        let name = #expect(throws: FixtureError.self) { try SpiderScaffold(site: "../x", url: url, schemas: schemas) }
        #expect(name?.description.contains("small letters, digits and '-'") == true)
        #expect(throws: FixtureError.self) {
            try SpiderScaffold(site: String(repeating: "a", count: 41), url: url, schemas: schemas)
        }
        let file = try #require(WebURL("file:///etc/passwd"))
        #expect(throws: FixtureError.self) { try SpiderScaffold(site: "x", url: file, schemas: schemas) }
    }
}
