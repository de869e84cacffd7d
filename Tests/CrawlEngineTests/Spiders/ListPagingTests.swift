import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

/// Where lists go on that are longer than any fixture page.
@Suite("Lists that are longer than a page")
struct ListPagingTests {
    @Test("a list of 300 rows goes on where the rest is, on the page and in its parts")
    func continuation() throws {
        let extractor = try SpiderFixtures.extractor("myanimelist")
        let row =
            #"{"status":2,"score":7,"num_watched_episodes":1,"anime_title":"T","anime_id":7,"start_date_string":"01-02-03"}"#
        let rows = "[" + Array(repeating: row, count: 300).joined(separator: ",") + "]"
        let html = "<table class=list-table data-items='\(rows)'></table>"
        let first = extractor.extract("https://myanimelist.net/animelist/A%20b?status=7", html)
        #expect(first.items.first?.fields["list"]?.arrayValue?.count == 300)
        #expect(first.continuation?.page == "list-rest")
        #expect(first.continuation?.url.href == "https://myanimelist.net/animelist/A%20b/load.json?status=7&offset=300")
        let second = extractor.extract(
            "https://myanimelist.net/animelist/A%20b/load.json?status=7&offset=300", contentType: nil, rows)
        #expect(second.items.first?.key == first.items.first?.key)
        #expect(
            second.continuation?.url.href == "https://myanimelist.net/animelist/A%20b/load.json?status=7&offset=600")
        let last = extractor.extract(
            "https://myanimelist.net/animelist/A%20b/load.json?status=7&offset=600", contentType: nil, "[]")
        #expect(last.pageDrop?.reason == .nothingFound)
        #expect(last.continuation == nil)
    }

    @Test("twenty reviews have a next page, nineteen have not")
    func reviewPaging() throws {
        let extractor = try SpiderFixtures.extractor("myanimelist")
        func links(_ count: Int) -> [String] {
            let blocks = (1...count).map {
                "<div class=review-element><div class=text>t</div><i class=btn-reaction data-id=\($0)></i></div>"
            }
            return extractor.extract("https://myanimelist.net/anime/5/x/reviews?p=2&spoiler=on", blocks.joined()).links
                .map(\.url.requestTarget)
        }
        #expect(links(20) == ["/anime/5/x/reviews?p=3&spoiler=on"])
        #expect(links(19) == [])
    }
}
