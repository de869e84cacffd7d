import CrawlDomain
import Markup
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("Pages made to be slow to read")
struct SlowPageTests {
    private static let yaml = """
        site: test
        hosts: [a.example]
        labels: [{css: b, value: rest}]
        pages:
          anime:
            url: "/anime/{id:int}"
            item:
              type: entry
              id: "{site}:{id}"
              fields:
                id: {from: id}
                title: h1
                type: {label: Type}
                synopsis: {xpath: "//p[count(preceding::p) = 5000]"}
                adult: {const: false}
            links: [a]
        """

    @Test("an item that lacks what a failed selector would have found replaces nothing")
    func failedSelector() throws {
        let made = try SpiderFixtures.extractor(yaml: Self.yaml)
        let hurried = SpiderExtractor(
            spider: made.spider, pipeline: made.pipeline,
            limits: ExtractionLimits(markup: MarkupLimits(maximumSelectorSteps: 100_000)))
        let page = "<html><h1>Title</h1><a href=/anime/2>x</a>" + String(repeating: "<p>x", count: 1_000) + "</html>"
        let whole = made.extract("https://a.example/anime/1", page)
        #expect(whole.items.count == 1 && whole.drops.isEmpty)
        let found = hurried.extract("https://a.example/anime/1", page)
        #expect(found.items.isEmpty)
        #expect(found.pageDrop?.reason == .invalidField)
        #expect(found.pageDrop?.detail.contains("count(preceding::p)") == true)
        #expect(found.links.map(\.url.href) == ["https://a.example/anime/2"])
    }

    @Test("a page with more links than are taken from one says so", arguments: [(3, true), (4, false)])
    func manyLinks(most: Int, lacksLinks: Bool) throws {
        let made = try SpiderFixtures.extractor(yaml: Self.yaml)
        let modest = SpiderExtractor(
            spider: made.spider, pipeline: made.pipeline, limits: ExtractionLimits(maximumLinks: most))
        let links = (2...5).map { "<a href=/anime/\($0)>x</a>" }.joined()
        let found = modest.extract("https://a.example/anime/1", "<html><h1>Title</h1>\(links)</html>")
        #expect(found.links.count == most)
        #expect(found.lacksLinks == lacksLinks)
        #expect(found.items.count == 1)
    }

    @Test("a page with very many labels is read as fast as another")
    func labels() throws {
        let extractor = try SpiderFixtures.extractor(yaml: Self.yaml)
        let labels = (0..<20_000).map { "<b>label \($0)</b>x" }.joined()
        let start = ContinuousClock.now
        let found = extractor.extract(
            "https://a.example/anime/1", "<html><h1>Title</h1>\(labels)<b>Type</b>OVA<b>Type</b>TV</html>")
        #expect(found.items.first?.fields["type"] == "OVA")
        #expect(start.duration(to: .now) < .seconds(60))
    }
}
