import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

/// Made-up pages in the site's layouts, with what must come of them beside: no shared material is needed.
@Suite("The spiders on made-up pages")
struct FixturePageTests {
    struct Case: CustomTestStringConvertible {
        let site: String
        let row: JSONValue
        var file: String { row["file"]?.stringValue ?? "" }
        var testDescription: String { "\(site) \(file) \(row["url"]?.stringValue ?? "")" }

        func texts(_ name: String) -> [String] { row[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }
    }

    static let sites = ["myanimelist", "myanimelist-api", "anilist", "kitsu", "livechart", "anime-planet", "anidb"]

    static func cases() throws -> [Case] {
        try sites.flatMap { site in
            let text = String(decoding: try SpiderFixtures.bytes("\(site)/expected.jsonl"), as: UTF8.self)
            return try text.split(separator: "\n").map { Case(site: site, row: try JSONValue(parsing: String($0))) }
        }
    }

    @Test("items, links and drops are as written beside the page", arguments: try cases())
    func page(_ expected: Case) throws {
        let extractor = try SpiderFixtures.extractor(expected.site)
        let url = try #require(expected.row["url"]?.stringValue.flatMap { WebURL($0) })
        let status = Int(expected.row["status"]?.intValue ?? 200)
        let body = try SpiderFixtures.bytes("\(expected.site)/\(expected.file)")
        let found = extractor.extract(url: url, status: status, contentType: nil, body: body)
        #expect(found.page == expected.row["page"]?.stringValue)
        #expect(found.drops.map(\.reason.rawValue) == expected.texts("drops"))
        #expect(found.links.map { "\($0.page) \($0.priority) \($0.url.href)" } == expected.texts("links"))
        #expect(found.continuation?.url.href == expected.row["continuation"]?.stringValue)
        let items = expected.row["items"]?.arrayValue ?? []
        #expect(found.items.count == items.count)
        for (item, expected) in zip(found.items, items) {
            // A field that no page of the site has need not be written down.
            for (name, value) in item.fields {
                #expect(value == (expected[name] ?? (value.isBlank ? value : .null)), "\(name)")
            }
            for (name, value) in expected.objectValue ?? [:] where item.fields[name] == nil {
                Issue.record("\(name): expected \(value.serialized())")
            }
        }
    }

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
