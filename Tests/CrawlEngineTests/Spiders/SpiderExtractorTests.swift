import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("SpiderExtractor")
struct SpiderExtractorTests {
    private let extractor: SpiderExtractor

    init() throws {
        extractor = try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [a.example]
                placeholders: [Nothing yet*]
                labels: [{css: b, value: parent}, {css: th, value: next}]
                verdicts: [{drop: login_wall, css: "form.login"}, {drop: captcha, title: Prove}]
                pages:
                  anime:
                    url: "/anime/{id:int}"
                    values:
                      page_id: {css: "link[rel=canonical]", as: link, then: {match: '(\\d+)'}}
                      rows: {css: li, list: true}
                    expect: {page_id: "{id}"}
                    item:
                      type: entry
                      id: "{site}:{id}"
                      fields:
                        id: {from: id}
                        title: [.none, {css: h1, without: small}, {meta: "og:title"}]
                        type: [{label: Type}, {const: TV}]
                        status: {label: Status, select: i}
                        rating: {json-ld: contentRating}
                        source: {json: "$.source", inside: script.data}
                        synopsis: {css: .text, as: paragraphs}
                        background: {css: h2, until: [hr], as: paragraphs}
                        studios: {from: rows, then: upper}
                        duration: {css: .len, as: own}
                        img_url: {css: img, as: link, then: image}
                        adult: {test: {from: rating, starts: Rx}}
                        related:
                          each: .rel a
                          fields:
                            id: {xpath: "self::a/@href", then: {match: '(\\d+)'}, required: true}
                            kind: {const: anime}
                            relation: {xpath: "../b"}
                            site: {from: site}
                            url: {css: a, as: link, then: url}
                  list:
                    url: "/list?p={p:int?}"
                    links:
                      - {css: a, page: anime, priority: 3}
                      - {url: "/anime/{p}", page: anime, follow: {at-least: 1}}
                    paging: {rows: a, full: 2, parameter: p, first: 1}
                  rows:
                    url: "/rows/{name}?o={o:int?}"
                    document: json
                    item: {type: user, id: "{site}:{name}", fields: {name: {from: name}, list: {each: "$[*]", fields: {
                      entry_id: {json: id, then: {template: "{site}:{}"}, required: true}, title: t, score: [{json: s, then: int}, {const: 0}],
                      watched_episodes: {const: 0}, rewatching: {const: false}}}}}
                    continuation: {rows: "$[*]", full: 2, parameter: o, step: 2}
                """)
    }

    private func reason(
        _ body: String, status: Int = 200, type: String? = "text/html", url: String = "https://a.example/anime/5"
    ) -> DropReason? {
        let extraction = extractor.extract(url, status: status, contentType: type, body)
        #expect(extraction.items.isEmpty)
        return extraction.pageDrop?.reason
    }

    @Test("fields are found by every kind of source")
    func sources() throws {
        let page = extractor.extract(
            "https://a.example/anime/5",
            """
            <html><head><base href="/b/"><link rel=canonical href="/anime/5/x"><script type="application/ld+json">{"contentRating": "Rx"}</script>
            <script class=data>{"source": "Manga"}</script></head><body><h1>A <i>big</i>  title<small>new</small></h1>
            <div><b>Type:</b> OVA</div><table><tr><th>Status<td>x <i>Done</i></tr></table><div class=text>One<br>line<p>Two  &amp; three</p></div>
            <h2>Background</h2>It <i>was</i>.<br>Then.<hr>Not this.<ul><li>s1<li>s2</ul><div class=len>own <b>other</b></div><img data-src="/r/9x9/i.jpg?s=1">
            <div class=rel><b>Sequel</b><a href="6">Six</a><a href="x">none</a></div></body></html>
            """)
        let fields = try #require(page.items.first?.fields, "\(page.drops)")
        #expect(fields["title"] == "A big title")
        #expect(fields["type"] == "OVA")
        #expect(fields["status"] == "Done")
        #expect(fields["rating"] == "Rx")
        #expect(fields["adult"] == true)
        #expect(fields["source"] == "Manga")
        #expect(fields["synopsis"] == "One\nline\n\nTwo & three")
        #expect(fields["background"] == "It was.\nThen.")
        #expect(fields["studios"] == ["S1", "S2"])
        #expect(fields["duration"] == "own")
        #expect(fields["img_url"] == "https://a.example/i.jpg")
        #expect(fields["related"]?.arrayValue?.count == 1)
        #expect(fields["related"]?[0]?["id"] == 6)
        #expect(fields["related"]?[0]?["relation"] == "Sequel")
        #expect(fields["related"]?[0]?["url"] == "https://a.example/b/6")
    }

    @Test("a page that is not what was asked for is a drop with its reason, never an item")
    func refusals() {
        #expect(reason("") == .emptyPage)
        #expect(reason(" \n ") == .emptyPage)
        #expect(reason("\u{0}\u{1}PNG") == .notHTML)
        #expect(reason("plain words") == .notHTML)
        #expect(reason("<h1>x</h1>", type: "image/png") == .notHTML)
        #expect(reason("{\"error\": 1}", type: "application/json") == .notHTML)
        #expect(reason("<html><body><h1>A title</h1>") == .truncatedPage)
        #expect(reason("<form class=login></form><h1>x</h1>") == .loginWall)
        #expect(reason("<title>Prove you are human</title><h1>x</h1>") == .captcha)
        #expect(reason("<h1>x</h1>", status: 404) == .notFound)
        #expect(reason("", status: 404) == .notFound)
        #expect(reason("<h1>x</h1>", status: 410) == .gone)
        #expect(reason("<h1>x</h1>", status: 403) == .blocked)
        #expect(reason("<h1>x</h1>", status: 503) == .unavailable)
        #expect(reason("<meta name=robots content='noindex, follow'><h1>x</h1>") == .noindex)
        #expect(reason("<link rel=canonical href='/anime/7'><h1>x</h1>") == .wrongPage)
        #expect(reason("<h1>x</h1>", url: "https://a.example/other") == .unknownPage)
        #expect(reason("[1, 2", type: "application/json", url: "https://a.example/rows/A") == .truncatedPage)
        #expect(reason("<html></html>", url: "https://a.example/rows/A") == .notJSON)
        #expect(reason("<form class=login></form>", url: "https://a.example/rows/A") == .loginWall)
    }

    @Test("no page can make an item of another site", arguments: ["other", "other:5", "testing", "te"])
    func foreignKey(claimed: String) throws {
        let extractor = try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [a.example]
                pages:
                  anime:
                    url: "/anime/{id:int}"
                    item: {type: entry, id: "{site}:{id}", fields: {site: i, id: {from: id}, title: h1, type: {const: TV}, adult: {const: false}}}
                """)
        let page = extractor.extract("https://a.example/anime/5", "<i>\(claimed)</i><h1>x</h1>")
        #expect(page.items.isEmpty && page.drops.map(\.type) == [.entry], "\(page.drops)")
        #expect(
            extractor.extract("https://a.example/anime/5", "<i>test</i><h1>x</h1>").items.map(\.key) == ["test:5"])
    }

    @Test("an item without its required fields is a drop that names the field")
    func missing() throws {
        let page = extractor.extract("https://a.example/anime/5", "<p>no heading</p>")
        let drop = try #require(page.drops.first)
        #expect(drop.reason == .missingField)
        #expect(drop.type == .entry)
        #expect(drop.key == "test:5")
        #expect(drop.detail.hasPrefix("title"))
        #expect(
            extractor.extract("https://a.example/anime/5", "<h1>Nothing yet, sorry</h1>").drops.first?.reason
                == .missingField)
    }

    @Test("other encodings are decoded")
    func encodings() {
        let url = WebURL("https://a.example/anime/5")!
        let sjis: [UInt8] =
            Array("<meta charset=shift_jis><h1>".utf8) + [0x83, 0x65, 0x83, 0x58, 0x83, 0x67] + Array("</h1>".utf8)
        #expect(
            extractor.extract(url: url, status: 200, contentType: nil, body: sjis).items.first?.fields["title"] == "テスト"
        )
        let latin: [UInt8] = Array("<h1>Caf".utf8) + [0xE9] + Array("</h1>".utf8)
        let page = extractor.extract(url: url, status: 200, contentType: "text/html; charset=iso-8859-1", body: latin)
        #expect(page.items.first?.fields["title"] == "Café")
    }

    @Test("links are followed where the page and the spider allow it")
    func links() {
        func links(_ body: String, _ url: String = "https://a.example/list") -> [String] {
            extractor.extract(url, body).links.map { "\($0.page) \($0.priority) \($0.url.requestTarget)" }
        }
        #expect(links("<a href=/anime/1#x>1</a>") == ["anime 3 /anime/1"])
        #expect(links("<a href=/anime/1>1</a><a href=/anime/1>1</a>") == ["anime 3 /anime/1", "list 0 /list?p=2"])
        #expect(
            links("<a href=/anime/1>1</a><a href=/x>1</a>", "https://a.example/list?p=4&q=a") == [
                "anime 3 /anime/1", "list 0 /list?p=5&q=a",
            ])
        #expect(links("<a href=/anime/1 rel='x nofollow'>1</a>") == [])
        #expect(links("<meta name=robots content=nofollow><a href=/anime/1>1</a>") == [])
        #expect(
            links("<a href=//evil.example/anime/1>1</a><a href='javascript:x'>2</a>").contains { $0.contains("evil") }
                == false)
        #expect(links("<base href=/anime/><a href=7>7</a>") == ["anime 3 /anime/7"])
    }

    @Test("meta elements and headers that forbid following, storing or keeping are obeyed, whoever of us they name")
    func directives() throws {
        let url = try #require(WebURL("https://a.example/list"))
        let anime = try #require(WebURL("https://a.example/anime/5"))
        func read(_ url: WebURL, _ body: String, _ tags: String..., at time: Date = Date()) -> Extraction {
            extractor.extract(
                url: url, status: 200, contentType: "text/html", body: Array(body.utf8),
                context: AnswerContext(robotsTags: tags, time: time))
        }
        let link = "<a href=/anime/1>1</a>"
        #expect(read(url, link).links.count == 1)
        #expect(read(url, link, "googlebot: nofollow").links.count == 1)
        #expect(read(url, link, "noarchive", "animematcher: nofollow").links.isEmpty)
        #expect(read(url, "<meta name=ROBOTS content=all><meta name=AnimeMatcher content=NONE>" + link).links.isEmpty)

        let title = "<h1>x</h1>"
        #expect(read(anime, title).items.count == 1)
        #expect(read(anime, title).mayBeKept)
        #expect(read(anime, title, "noarchive").items.count == 1)
        #expect(!read(anime, title, "noarchive").mayBeKept)
        #expect(read(anime, title, "noindex").pageDrop?.reason == .noindex)
        #expect(read(anime, title, "noindex").items.isEmpty)
        let past = "unavailable_after: 2020-01-01"
        #expect(read(anime, title, past).pageDrop?.reason == .noindex)
        #expect(read(anime, title, past, at: Date(timeIntervalSince1970: 0)).items.count == 1)
    }

    @Test("links of a page that is not to be stored are followed")
    func noindexFollow() {
        let page = extractor.extract(
            "https://a.example/list", "<meta name=robots content=noindex><a href=/anime/1>1</a>")
        #expect(page.links.count == 1)
        #expect(page.pageDrop?.reason == .noindex)
    }

    @Test("a page without items that sends its readers elsewhere at once is a link there, within the site's pages")
    func refresh() {
        func read(_ refresh: String, _ rest: String = "") -> Extraction {
            extractor.extract(
                "https://a.example/anime/5",
                "<html><head><meta http-equiv=refresh content=\"\(refresh)\"></head>" + rest)
        }
        let moved = read("0; url=/anime/5/new-name")
        #expect(moved.links.isEmpty, "no page kind has that address")
        let found = read("1; url=/anime/7#x", "<body>One moment")
        #expect(found.links.map(\.url.href) == ["https://a.example/anime/7"])
        #expect(found.links.first?.page == "anime")
        #expect(found.pageDrop?.reason == .wrongPage)
        #expect(read("60; url=/anime/7").links.isEmpty)
        #expect(read("0; url=https://evil.example/anime/7").links.isEmpty)
        #expect(read("0; url=file:///etc/passwd").links.isEmpty)
        #expect(read("0; url=/anime/7", "<form class=login></form>").pageDrop?.reason == .loginWall)
        let page = read("1; url=/anime/7", "<h1>A title</h1></html>")
        #expect(page.items.count == 1 && page.links.isEmpty)
    }

    @Test("links are written in the page's encoding")
    func linkEncoding() throws {
        let body: [UInt8] =
            Array("<meta charset=shift_jis><a href='/anime/1?q=".utf8) + [0x93, 0xFA] + Array("'>x</a>".utf8)
        let page = extractor.extract(
            url: try #require(WebURL("https://a.example/list")), status: 200, contentType: nil, body: body)
        #expect(page.links.map(\.url.href) == ["https://a.example/anime/1?q=%93%FA"])
    }

    @Test("a full part of a list says where the rest is")
    func continuation() throws {
        let full = extractor.extract(
            "https://a.example/rows/A%20b", contentType: "application/json", #"[{"id": 1, "t": 86, "s": 7}, {"id": 2}]"#
        )
        let item = try #require(full.items.first, "\(full.drops)")
        #expect(item.key == "test:A b")
        #expect(item.fields["list"]?[0]?["title"] == "86")
        #expect(item.fields["list"]?[0]?["entry_id"] == "test:1")
        #expect(item.fields["list"]?[1]?["score"] == 0)
        #expect(full.continuation?.url.href == "https://a.example/rows/A%20b?o=2")
        #expect(full.continuation?.page == "rows")
        let last = extractor.extract("https://a.example/rows/A?o=2", contentType: nil, #"[{"id": 3}]"#)
        #expect(last.continuation == nil)
    }

    @Test("hostile pages end as drops or items, never as a crash")
    func hostile() {
        let deep = String(repeating: "<div>", count: 50_000)
        _ = extractor.extract("https://a.example/anime/5", deep + "<h1>x</h1>")
        _ = extractor.extract("https://a.example/anime/5", String(repeating: "<h2>a<hr>", count: 5_000) + "<h1>x</h1>")
        let json = String(repeating: "[", count: 100_000)
        #expect(
            extractor.extract("https://a.example/rows/A", contentType: nil, json).pageDrop?.reason == .truncatedPage)
        _ = extractor.extract("https://a.example/anime/99999999999999999999", "<h1>x</h1>")
    }
}
