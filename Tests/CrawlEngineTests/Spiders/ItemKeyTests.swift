import CrawlDomain
@testable import CrawlEngine
import Testing
import WebStandards

@Suite struct ItemKeyTests {
    private static let yaml = """
        site: test
        hosts: [anime.example]
        start: ["https://anime.example/anime/1"]
        terms: {url: "https://anime.example/terms"}
        pages:
          stats:
            url: "/anime/{id:int}/stats"
            item:
              type: entry
              id: "{site}:{id}"
              adds: true
              fields: {members: .members}
          anime:
            url: "/anime/{id:int}"
            item:
              type: entry
              id: "{site}:{id}"
              fields: {id: {from: id}, title: h1, type: .type, genres: .genres a, adult: {const: false}}
        """

    @Test("a page names the item that it gives, and none that it only adds to")
    func additions() throws {
        let spider = try SpiderFixtures.extractor(yaml: Self.yaml).spider
        let entry = try #require(WebURL("https://anime.example/anime/7"))
        #expect(spider.itemsNamed(by: entry, page: "anime").map(\.key) == ["test:7"])
        let statistics = try #require(WebURL("https://anime.example/anime/7/stats"))
        #expect(spider.page(for: statistics) == "stats")
        #expect(spider.itemsNamed(by: statistics, page: "stats").isEmpty)
    }
}
