import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("PageAnonymiser")
struct PageAnonymiserTests {
    private static let spider = """
        site: test
        hosts: [anime.example]
        placeholders: [No synopsis has been added*]
        pages:
          anime:
            url: "/anime/{id:int}/{slug?}"
            item:
              type: entry
              id: "{site}:{id}"
              fields:
                id: {from: id}
                title: h1
                type: .type
                adult: {const: false}
                synopsis: {css: .synopsis, as: paragraphs, then: without-attribution}
                synopsis_source: {css: .synopsis, as: paragraphs, then: attribution}
          reviews:
            url: "/anime/{id:int}/{slug}/reviews"
            items:
              type: review
              each: .review
              id: "{site}:{number}"
              values: {number: {xpath: "@id"}}
              fields: {entry_id: {text: "{site}:{id}"}, author: .author, text: .text, preliminary: {const: false}, spoiler: {const: false}}
          list:
            url: "/animelist/{name}"
            items: {type: user, id: "{site}:{name}", fields: {name: {from: name}, list: {each: tr, fields: {entry_id: {const: "test:1"}, title: td}}}}
          api:
            url: "/api/{id:int}"
            document: json
            item:
              type: review
              id: "{site}:{id}"
              fields: {entry_id: {const: "test:1"}, author: $.user.name, text: $.text, preliminary: {const: false}, spoiler: {const: false}}
        """

    private func anonymise(
        _ url: String, _ page: String, key: [UInt8]? = nil, scrambleKey: [UInt8]? = nil, names: [String] = []
    ) throws -> (url: String, text: String, page: AnonymisedPage) {
        let anonymiser = PageAnonymiser(
            try SpiderFixtures.extractor(yaml: Self.spider), key: key, scrambleKey: scrambleKey, names: names)
        let result = try anonymiser.anonymise(
            url: try #require(WebURL(url)), status: 200, contentType: "text/html; charset=utf-8", body: Array(page.utf8)
        )
        return (result.url.href, String(decoding: result.body, as: UTF8.self), result)
    }

    private static let reviews = """
        <html><head><title>Kestrel_92's review</title><meta name=csrf_token content="a8f3c09912"><meta name="author" content="Björk Ström">
        <script>var user = {"user_name":"MossyOak","user_id":48151,"csrfToken":"zz91xxkk77"}; document.cookie = "sid=77aa";</script></head>
        <body data-login-token='q1w2e3r4t5'><form><input type=hidden name=csrf_token value=9f8e7d6c5b></form>
        <div class=review id=r1><a class=author href="/profile/Kestrel_92"><img src="https://cdn.example/images/userimages/9914.jpg?t=12"></a>
        <a class=author href="https://anime.example/profile/Kestrel_92">Kestrel_92</a><p class=text>As KESTREL_92 said to Kestrel_920.</p></div>
        <div class=review id=r2><a class=author href="/profile/a%20b%26c">a b&amp;c</a><p class=text>Mail me: kest@mail.example or ask user-Kestrel_92</p>
        <a href="/animelist/Kestrel_92?token=deadbeef99&status=7">All anime</a></div>
        <div data-state='{"users":[{"name":"Quill Q","avatar":"https:\\/\\/cdn.example\\/avatars\\/44.png"}]}'>Quill Q</div>
        <i data-x="{&quot;author&quot;:&quot;MossyOak&quot;}"></i><img srcset="x@2x.png 2x">
        <a href="/profile/sunny.day"><b>Sunny Day</b></a> Bj\\u00f6rk Str\\u00f6m</body></html>
        """

    @Test("names, pictures, tokens, cookies, addresses and numbers of people are gone, whatever way they are written")
    func reviews() throws {
        let (_, text, page) = try anonymise("https://anime.example/anime/1/x/reviews", Self.reviews)
        for gone in [
            "Kestrel_92 ", "Kestrel_92<", "Kestrel_92\"", "Kestrel_92'", "Kestrel_92?", "KESTREL", "a%20b", "a b&amp;c",
            "MossyOak", "Quill", "Björk", "Bj\\u00f6rk", "sunny.day", "Sunny Day", "9914", "avatars", "a8f3c09912",
            "zz91xxkk77",
            "77aa", "q1w2e3r4t5", "9f8e7d6c5b", "deadbeef99", "kest@mail", "48151",
        ] {
            #expect(!text.contains(gone), "\(gone) is still there: \(text)")
        }
        #expect(page.people == 6)
        // A longer name is another person's, who was not found; the operator is told.
        #expect(page.leftovers.map(\.name) == ["Kestrel_92"] && page.leftovers.map(\.count) == [1])
        #expect(text.contains("x@2x.png") && text.contains("&status=7"))
    }

    @Test(
        "a name is replaced in every spelling",
        arguments: [
            ("Katrina Vale", "&#75;atrina Vale"), ("Katrina Vale", "&#x4b;atrina&#32;Vale"),
            ("Katrina Vale", "Katrina\n   Vale"), ("Katrina Vale", "Katrina\u{A0}Vale"),
            ("Katrina Vale", "Katrina&nbsp;Vale"),
            ("Katrina Vale", "KATRINA VALE"), ("Katrina Vale", "Kat<b>rina</b> <i>Vale</i>"),
            ("Katrina Vale", "Katrina<br>Vale"), ("Katrina Vale", "Katrina%20Vale"), ("Katrina Vale", "Katrina+Vale"),
            ("Katrina Vale", "Kat\u{AD}rina Vale"),
            ("Ren\u{E9}e D'Or", "Ren&eacute;e D&#x27;Or"), ("Ren\u{E9}e D'Or", "Rene\u{301}e D&apos;Or"),
            ("Ren\u{E9}e D'Or", "REN\u{C9}E D'OR"), ("Rene\u{301}e D'Or", "Ren\u{E9}e D&#39;Or"),
            ("Ren\u{E9}e D'Or", "Ren\\u00e9e D\\u0027Or"), ("Ren\u{E9}e D'Or", "Ren%C3%A9e%20D%27Or"),
            ("Ren\u{E9}e D'Or", "Ren%E9e D'Or"), ("Ren\u{E9}e D'Or", "Ren&amp;eacute;e D'Or"),
            ("Stra\u{DF}er", "STRASSER"),
            ("\u{416}\u{430}\u{43D}\u{43D}\u{430}", "\u{416}\u{410}\u{41D}\u{41D}\u{410}"),
            ("Pat \"Ace\" Lo", #"Pat \"Ace\" Lo"#), ("Pat \"Ace\" Lo", "Pat &quot;Ace&quot; Lo"),
            ("Pat \"Ace\" Lo", #"Pat \u0022Ace\u0022 Lo"#), ("kestrel_92", "Kestrel%5F92"),
            ("kestrel_92", "kestrel&#95;92"), ("\u{1F98A}fox", #"\ud83e\udd8afox"#),
        ])
    func spellings(name: String, spelling: String) throws {
        let page = try anonymise(
            "https://anime.example/anime/1/x", "<h1>T</h1><p>by \(spelling), ok</p>", names: [name])
        let text = page.text.replacing(#/<\/?(b|i|br)>| /#, with: "")
        #expect(text == "<h1>T</h1><p>byReader_1,ok</p>", "\(page.text)")
        let attribute = try anonymise(
            "https://anime.example/anime/1/x", "<h1>T</h1><p>Reader_1 \(name)x</p>", names: [name])
        #expect(attribute.text.contains("\(name)x"))
    }

    @Test(
        "tokens are gone, wherever they stand",
        arguments: [
            #"<script>h = {"Authorization": "Bearer eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl"}</script>"#,
            "<p>Authorization: Bearer c2lnbmF0dXJl9</p>", #"<script>x = {"jwt":"c2lnbmF0dXJl"}</script>"#,
            #"<script>x = {"session": "c2lnbmF0dXJl"}</script>"#, #"<script>x = {"bearer":"c2lnbmF0dXJl"}</script>"#,
            "<i data-x='eyJhbGciOi.c2lnbmF0dXJl.c2lnbmF0dXJl'></i>",
            #"<script>a("Basic dXNlcjpwYXNc2lnbmF0dXJl==")</script>"#,
            #"<script>x = {"key":"AIzaSyAc2lnbmF0dXJlc2lnbmF0dXJl"}</script>"#,
            "<a href='/x?q=%22token%22%3A%22c2lnbmF0dXJl%22'>x</a>",
            "<i data-x='{&quot;access_token&quot;:&quot;c2lnbmF0dXJl&quot;}'></i>",
        ])
    func tokens(html: String) throws {
        let page = try anonymise("https://anime.example/anime/1/x", "<h1>T</h1>\(html)")
        #expect(!page.text.contains("c2lnbmF0dXJl") && page.text.contains("removed"), "\(page.text)")
    }

    @Test(
        "titles are no secrets",
        arguments: ["Top Secret: Ryoushitsu", "Basic Training", "The Bearer of Tidings", "Session: Continued"])
    func titles(title: String) throws {
        let page = try anonymise("https://anime.example/anime/1/x", "<h1>\(title)</h1>")
        #expect(page.text == "<h1>\(title)</h1>")
    }

    @Test(
        "addresses and numbers of people are gone",
        arguments: [
            "<a href='mailto:zoe%40post.example'>x</a>", "<p>zoe&#64;post.example</p>", "<p>zoe&#x40;post.example</p>",
            "<a href='tel:+4930123456'>x</a>", "<span data-cfemail=\"00\(hex("zoe@post.example"))\">[email]</span>",
            #"<script type="application/json">{"user": {"id": 4930123456, "name": "Pine T", "town": "zoe@"}}</script>"#,
            #"<i data-x='{"reviewer": "zoe@post"}'></i>"#, #"<i data-x='{"owner": {"bio": "zoe@post"}}'></i>"#,
            #"<i data-x="{&quot;uploader&quot;: {&quot;bio&quot;: &quot;zoe@post&quot;}}"></i>"#,
        ])
    func personal(html: String) throws {
        let text = try anonymise("https://anime.example/anime/1/x", "<h1>T</h1>\(html)").text
        for gone in ["zoe", "4930123456", "Pine", Self.hex("zoe")] { #expect(!text.contains(gone), "\(text)") }
    }

    private static func hex(_ text: String) -> String { text.utf8.map { String($0, radix: 16) }.joined() }

    @Test("a title hidden as an e-mail address stays, and an anime whose title would change is not kept")
    func kept() throws {
        let hidden = "<i data-cfemail=\"00\(Self.hex("M@STER"))\">x</i>"
        let page = try anonymise("https://anime.example/anime/1/x", "<h1>T</h1>\(hidden)")
        #expect(page.text.contains(hidden))
        #expect(throws: FixtureError.self) {
            try anonymise("https://anime.example/anime/1/x", "<h1>token='Ryoushitsu'</h1>")
        }
    }

    @Test("a secret of the spider that an answer repeats is found, however it is written")
    func secrets() throws {
        let yaml =
            "site: test\nhosts: [anime.example]\nheaders: {X-Key: \"{env:KEY}\"}\npages: {top: {url: /, links: [a]}}"
        let spider = try SpiderFixtures.extractor(yaml: yaml).spider
        let secrets = SpiderSecrets(of: spider, environment: ["KEY": "ab/cd+ef=9"])
        for text in ["<ab/cd+ef=9>", #"ab\/cd\u002bef=9"#, "ab%2Fcd%2Bef%3D9", "ab&#x2F;cd+ef&#61;9"] {
            #expect(secrets.stand(in: Array(text.utf8)), "\(text)")
        }
        #expect(!secrets.stand(in: Array("ab/cd+ef".utf8)) && !"\(secrets)".contains("ab/"))
    }

    @Test(
        "people called like keys of JSON or words of mark-up do not break a page",
        arguments: ["Text", "reviews", "json", "ld", "user"])
    func commonNames(name: String) throws {
        let page = try anonymise(
            "https://anime.example/api/7", #"{"user": {"name": "\#(name)"}, "text": "a text"}"#)
        #expect(page.text == #"{"user": {"name": "Reader_1"}, "text": "a text"}"#)
        let html = try anonymise(
            "https://anime.example/anime/1/x",
            #"<h1>T</h1><a href="/profile/\#(name)">\#(name)</a><script type="application/ld+json">{"reviews": []}</script>"#
        )
        #expect(html.text.contains(#"<script type="application/ld+json">{"reviews": []}"#), "\(html.text)")
        #expect(html.text.contains(#"<a href="/profile/Reader_1">Reader_1</a>"#))
    }

    @Test("a name that the page keeps in another way is told, and the page is not kept")
    func refusal() throws {
        let error = #expect(throws: FixtureError.self) {
            try anonymise(
                "https://anime.example/anime/1/x", "<h1>T</h1><p>by Kat<svg></svg>rina.</p>", names: ["Katrina"])
        }
        #expect(error?.description.contains("'Katrina' still on the page") == true)
    }

    @Test("a person has one name everywhere, in the page and in its URL, and the page is read as before")
    func consistent() throws {
        let (_, text, page) = try anonymise("https://anime.example/anime/1/x/reviews", Self.reviews)
        let found = try SpiderFixtures.extractor(yaml: Self.spider).extract(
            url: page.url, status: 200, contentType: page.contentType, body: page.body)
        #expect(found.items.map { $0.fields["author"] } == ["Reader_1", "Reader_2"])
        #expect(text.contains(#"<a class=author href="https://anime.example/profile/Reader_1">Reader_1</a>"#))
        #expect(text.contains("As Reader_1 said to Kestrel_920."))
        #expect(text.contains("ask user-Reader_1"))
        let list = try anonymise(
            "https://anime.example/animelist/Tom%20T", "<h1>TOM T's list</h1><table><tr><td>x</table>")
        #expect(list.url == "https://anime.example/animelist/Reader_1")
        #expect(list.text.contains("<h1>Reader_1's list</h1>"))
    }

    @Test("with a key a person has the same name on all pages, and another one with another key")
    func keys() throws {
        func name(_ page: String, _ key: [UInt8]?) throws -> String {
            try anonymise("https://anime.example/animelist/\(page)", "<table><tr><td>x</table>", key: key).url
        }
        let key = Array("a key of sixteen".utf8)
        #expect(try name("Anna", key) == name("anna", key))
        #expect(try name("Anna", key) != name("Bert", key))
        #expect(try name("Anna", key) != name("Anna", Array("a key of others".utf8)))
        #expect(try name("12345", key).split(separator: "/").last?.allSatisfy(\.isNumber) == true)
    }

    @Test("a name that is an ordinary word of the page is replaced where it is a name, and the rest is told")
    func words() throws {
        let page = try anonymise(
            "https://anime.example/animelist/anime",
            "<h1>anime's list</h1><a href=/profile/anime>anime</a><a href=/anime/5/x>Best anime</a><table class=anime><tr><td>x</table>"
        )
        #expect(page.url == "https://anime.example/animelist/Reader_1")
        #expect(
            page.text
                == "<h1>Reader_1's list</h1><a href=/profile/Reader_1>Reader_1</a><a href=/anime/5/x>Best anime</a><table class=anime><tr><td>x</table>"
        )
        #expect(page.page.leftovers.map(\.count) == [3])
    }

    @Test("JSON is anonymised too, and names that only the operator knows")
    func json() throws {
        let page = try anonymise(
            "https://anime.example/api/7",
            #"{"user": {"id": 9, "name": "Pine Tree", "avatar": "https://c.example/avatar/9.png"}, "text": "by Pine Tree and Zed\nZed"}"#,
            names: ["Zed"])
        #expect(
            page.text
                == #"{"user": {"id": 1, "name": "Reader_2", "avatar": "https://pictures.invalid/avatar.png"}, "text": "by Reader_2 and Reader_1\nReader_1"}"#
        )
    }

    private static let prose =
        "The old keeper walks down to the harbour; nobody answers &amp; nothing moves. Él dijo no."
    private static let anime = """
        <meta name=description content="The old keeper walks down to the harbour; nobody answers"><h1>Some Title</h1><p>Type: <b class=type>TV</b></p>
        <p class=synopsis>\(prose)<br>A lamp.<br>(Source: Somebody, edited)</p><p>No synopsis has been added to this title; help us and add one</p>
        <script type="application/ld+json">{"name": "Some Title", "description": "The old keeper walks down to the \\"harbour\\"; nobody\\nanswers"}</script>
        """

    @Test(
        "prose is replaced by filler of the same shape; titles, labels, what the spider looks for and attributions stay"
    )
    func scrambling() throws {
        let key = Array("scramble".utf8)
        let page = try anonymise("https://anime.example/anime/1/x", Self.anime, scrambleKey: key)
        for gone in ["keeper", "harbour", "nobody", "dijo", "lamp"] { #expect(!page.text.contains(gone), "\(gone)") }
        for kept in [
            "<h1>Some Title</h1>", "Type: <b class=type>TV</b>", "(Source: Somebody, edited)",
            "No synopsis has been added ",
            #""name": "Some Title""#, "&amp;", "\\n", "<br>",
        ] {
            #expect(page.text.contains(kept), "\(kept): \(page.text)")
        }
        #expect(page.text.count == Self.anime.count)
        let item = try #require(
            try SpiderFixtures.extractor(yaml: Self.spider).extract(page.url, page.text).items.first)
        #expect(item.fields["synopsis_source"] == "Somebody, edited")
        let words = item.fields["synopsis"]?.stringValue?.split(whereSeparator: \.isWhitespace) ?? []
        #expect(words.count == 18 && words.first?.first?.isUppercase == true, "\(words)")
        let other = try anonymise("https://anime.example/anime/1/x", Self.anime, scrambleKey: Array("other".utf8))
        #expect(other.text != page.text)
        let japanese = TextScrambler(
            key: key, spider: try SpiderFixtures.extractor(yaml: Self.spider).spider, items: []
        )
        .scrambling("港の灯りが消える。")
        #expect(japanese.count == 9 && japanese.hasSuffix("。") && !japanese.contains("港"))
    }

    @Test("a page of another encoding becomes UTF-8 and says so")
    func encoding() throws {
        let body: [UInt8] =
            Array("<meta charset=shift_jis><table><tr><td>".utf8) + [0x93, 0xFA] + Array("</table>".utf8)
        let anonymiser = PageAnonymiser(try SpiderFixtures.extractor(yaml: Self.spider))
        let page = try anonymiser.anonymise(
            url: try #require(WebURL("https://anime.example/animelist/Anna")), status: 200, contentType: nil, body: body
        )
        #expect(String(decoding: page.body, as: UTF8.self).contains("<td>日"))
        #expect(page.contentType == "text/html; charset=utf-8")
    }

    @Test("hostile pages take linear time", .timeLimit(.minutes(2)))
    func hostile() throws {
        for piece in [
            "<a href=/profile/a", "<", "<!--", "token=", "&quot;user_id&quot;:", "https://avatar/", "a@", "<script>",
            "'",
        ] {
            _ = try anonymise("https://anime.example/animelist/Anna", String(repeating: piece, count: 300))
        }
    }

    @Test("every fixture page of the project, anonymised, is read as before, and no name of one is left")
    func fixtures() throws {
        let extractor = try SpiderFixtures.extractor("myanimelist")
        let folder = try FixtureFolder(
            site: "myanimelist", spiders: SpiderFixtures.root.appendingPathComponent("Spiders").path)
        for expectation in folder.expectations {
            let page = try PageAnonymiser(extractor).anonymise(
                url: expectation.url, status: expectation.status, contentType: expectation.contentType,
                body: try folder.body(of: expectation.file))
            let found = extractor.extract(
                url: page.url, status: expectation.status, contentType: page.contentType, body: page.body)
            #expect(found.items.count == expectation.items.count, "\(expectation.file)")
            for item in found.items {
                if let author = item.fields["author"]?.stringValue ?? item.fields["name"]?.stringValue {
                    #expect(author.hasPrefix("Reader_"), "\(expectation.file): \(author)")
                }
            }
        }
    }
}

extension SpiderExtractor {
    fileprivate func extract(_ url: WebURL, _ body: String) -> Extraction {
        extract(url: url, status: 200, contentType: "text/html; charset=utf-8", body: Array(body.utf8))
    }
}
