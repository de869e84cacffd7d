import Markup
import Testing
import WebStandards

@testable import CrawlEngine

@Suite("LinkExtractor")
struct LinkExtractorTests {
    private func links(
        _ html: String, _ change: (inout LinkExtractor) throws -> Void = { _ in }
    ) throws -> [String] {
        var extractor = LinkExtractor()
        try change(&extractor)
        let document = try MarkupDocument(html: html)
        let url = try #require(WebURL("https://h.example/dir/page"))
        return try extractor.links(in: document, resolver: PageAddresses(of: document, at: url).resolver)
            .map(\.url.href)
    }

    @Test("only addresses of web pages come out, whatever a page writes")
    func schemes() throws {
        let html = """
            <a href="file:///etc/passwd">1</a><a href="FILE:///etc/passwd">2</a><a href="data:text/html,x">3</a>
            <a href="gopher://h/">4</a><a href="dict://h:11/">5</a><a href="ftp://h/">6</a><a href="javascript:x()">7</a>
            <a href="mailto:a@b">8</a><a href=" jav&#x09;ascript:x">9</a><a href="view-source:http://h/">10</a>
            <a href="//other.example/x">11</a><a href="\\\\back.example\\y">12</a><a href="http://u:p@cred.example/">13</a>
            """
        #expect(
            try links(html) == ["https://other.example/x", "https://back.example/y", "http://cred.example/"])
    }

    @Test("a base that leads to no web page is as good as none")
    func bases() throws {
        for base in ["file:///etc/", "data:text/html,", "javascript:x", "http://[bad/"] {
            #expect(try links("<base href='\(base)'><a href=passwd>x</a>") == ["https://h.example/dir/passwd"])
        }
        #expect(try links("<base href='/b/'><base href='/c/'><a href=x>x</a>") == ["https://h.example/b/x"])
    }

    @Test("white space round an address does not count, nor do line breaks inside")
    func whiteSpace() throws {
        #expect(try links("<a href=' \n/a\tb\n '>x</a>") == ["https://h.example/ab"])
        #expect(try links("<a href='a b'>x</a>") == ["https://h.example/dir/a%20b"])
    }

    @Test("filters look at the address, the host, the ending and the text")
    func filters() throws {
        let html = """
            <a href=/anime/1>One</a><a href=/anime/2.jpg>Two</a><a href=/x.tar.gz>Tar</a><a href=https://sub.o.example/anime/3>Three</a>
            <a href=https://noto.example/anime/4>Four</a>
            """
        #expect(try links(html) { $0.filter.allow = [try Pattern("/anime/[13]$")] }.count == 2)
        #expect(try links(html) { $0.filter.deny = [try Pattern("anime")] } == [])
        #expect(try links(html) { $0.filter.allowDomains = ["O.example"] } == ["https://sub.o.example/anime/3"])
        #expect(try links(html) { $0.filter.denyDomains = ["h.example", "noto.example"] }.count == 1)
        #expect(try links(html) { $0.filter.denyExtensions = [] }.count == 5)
        #expect(try links(html) { $0.filter.restrictText = [try Pattern("^T")] } == ["https://sub.o.example/anime/3"])
    }

    @Test("links and texts inside each other cost no more than their sum", .timeLimit(.minutes(2)))
    func nested() throws {
        let start = ContinuousClock.now
        let html =
            String(repeating: "<span href=a>", count: 20_000) + String(repeating: "text ", count: 200_000)
            + String(repeating: "</span>", count: 20_000)
        let found = try links(html) {
            $0.tags = ["*"]
            $0.isUnique = false
            $0.parts = [try Selector(css: "span, html, body")]
        }
        #expect(found.count <= LinkExtractor().maximumLinks)
        #expect(start.duration(to: .now) < .seconds(60))
    }

    @Test("an address in a query is written in the page's encoding, in a path in UTF-8")
    func encodings() throws {
        let base = try #require(WebURL("http://h/"))
        #expect(
            LinkResolver(base: base, encoding: .windows1252).url("/é?é=€#é?é")?.href
                == "http://h/%C3%A9?%E9=%80#%C3%A9?%C3%A9")
        #expect(LinkResolver(base: base, encoding: .windows1252).url("/#a?é")?.href == "http://h/#a?%C3%A9")
        #expect(LinkResolver(base: base, encoding: .shiftJIS).url("?q=日本")?.href == "http://h/?q=%93%FA%96{")
        #expect(LinkResolver(base: base, encoding: .iso2022JP).url("?q=日")?.href == "http://h/?q=%1B$BF|%1B(B")
        #expect(LinkResolver(base: base, encoding: .utf16LE).url("?é")?.href == "http://h/?%C3%A9")
    }
}

@Suite("PageAddresses")
struct PageAddressesTests {
    private func addresses(_ html: String) throws -> PageAddresses {
        PageAddresses(of: try MarkupDocument(html: html), at: try #require(WebURL("https://h.example/dir/page#x")))
    }

    @Test("a refresh to the page itself, to no web page or without scripts sends nobody")
    func refreshes() throws {
        func target(_ content: String) throws -> String? {
            try addresses("<head><meta http-equiv=Refresh content=\"\(content)\"></head>").refresh?.url.href
        }
        #expect(try target("0; url=/a#b") == "https://h.example/a")
        for content in [
            "5", "5; url=", "5; url=page#y", "0; url=file:///etc/passwd", "0;url=data:,x", "0; url=javascript:x",
        ] {
            #expect(try target(content) == nil, "\(content)")
        }
        #expect(try addresses("<noscript><meta http-equiv=refresh content='0;url=/a'></noscript>").refresh == nil)
    }

    @Test("the canonical address is that of the header, else of the head")
    func canonical() throws {
        let page = try addresses("<base href='/b/'><link rel='x Canonical' href='c?d#e'><link rel=canonical href=/no>")
        #expect(page.canonical()?.href == "https://h.example/b/c?d")
        #expect(
            page.canonical(linkHeaders: ["</s>; rel=next", "<q>; rel=\"canonical\""])?.href == "https://h.example/dir/q"
        )
        #expect(page.canonical(linkHeaders: ["<file:///x>; rel=canonical"])?.href == "https://h.example/b/c?d")
        #expect(try addresses("<p>").canonical() == nil)
    }
}
