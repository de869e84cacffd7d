import Foundation
import Markup
import TestSupport
import Testing

@Suite struct HostilePageTests {
    private func count(_ xpath: String, in document: MarkupDocument) throws -> Int {
        try document.select(Selector(xpath: xpath)).matches.count
    }

    private func html(_ parts: String...) -> [UInt8] { parts.flatMap { Array($0.utf8) } }

    @Test("a million nested elements are cut, and the page says so")
    func deep() throws {
        let document = try MarkupDocument(html: String(repeating: "<div>", count: 1_000_000))
        #expect(document.isTruncated)
        #expect(try count("//div", in: document) < 256)
        _ = (document.root.text, document.root.blockText(), document.root.serialized)
    }

    @Test("a million siblings are read within the limit of nodes")
    func wide() throws {
        let page = html(String(repeating: "<p>", count: 400_000))
        let document = try MarkupDocument(html: page)
        #expect(!document.isTruncated)
        #expect(try count("//p", in: document) == 400_000)
        #expect(try document.select(Selector(css: "p:nth-child(2)")).matches.count == 1)
        #expect(
            try document.select(Selector(css: "p:first-child, p:last-child, p + p + p:nth-child(-n+3)")).matches.count
                == 3)
    }

    @Test("too many nodes stop the parser, and the page says so")
    func nodes() throws {
        let limits = MarkupLimits(maximumNodes: 1_000)
        let pages = [
            "<p>", "<p a b c>", "a<!---->", "<?x>", "<br>", "<script></script>", "<b><i></b></i>", "&amp;<hr>",
        ]
        for part in pages {
            let document = try MarkupDocument(html: html(String(repeating: part, count: 5_000)), limits: limits)
            #expect(document.isTruncated, "\(part)")
            #expect(try count("//node() | //@*", in: document) < 2_100, "\(part)")
        }
    }

    @Test("too many attributes in one tag cut the page before that tag")
    func attributes() throws {
        let flood = "<p>kept</p><a " + (0..<300_000).map { "a\($0)" }.joined(separator: " ") + ">"
        let document = try MarkupDocument(html: flood)
        #expect(document.isTruncated)
        #expect(document.root.text == "kept")
        let quoted = "<a " + (0..<3_000).map { "a\($0)='>'" }.joined(separator: " ") + ">"
        #expect(try MarkupDocument(html: quoted).isTruncated)
        let hidden = [
            "<a \u{0C}=\"", "<a x;=\"", "<a é=\"", "<a \(String(repeating: "n", count: 100))é='", "<a b=c\"d=\"",
        ]
        for start in hidden {
            #expect(try MarkupDocument(html: start + String(repeating: " a", count: 300_000)).isTruncated, "\(start)")
        }
        let fine = "<a " + (0..<900).map { "a\($0)='>'" }.joined(separator: " ") + ">"
        #expect(try !MarkupDocument(html: fine).isTruncated)
    }

    @Test("tags in tags are read once each")
    func nestedTagStarts() throws {
        let document = try MarkupDocument(html: String(repeating: "<a ", count: 500_000))
        #expect(try count("//*", in: document) == 3)
        let quotes = String(repeating: "<a b=\"", count: 300_000)
        #expect(throws: Never.self) { try MarkupDocument(html: quotes) }
    }

    @Test("an attribute of fifty megabytes is cut at the limit of bytes")
    func hugeAttribute() throws {
        let page = html("<p title='", String(repeating: "x", count: 50_000_000), "'>after")
        let document = try MarkupDocument(html: page)
        #expect(document.isTruncated)
        #expect(!document.root.text.contains("after"))
    }

    @Test("large texts and many references are read whole")
    func hugeText() throws {
        let document = try MarkupDocument(html: "<p>" + String(repeating: "&amp;x ", count: 1_000_000))
        #expect(document.root.text.utf8.count >= 3_000_000)
    }

    @Test("NUL characters are dropped")
    func nul() throws {
        let document = try MarkupDocument(html: "<p ti\0tle='a\0b'>c\0d</p\0><p>e")
        #expect(try document.select(Selector(xpath: "//@title")).strings == ["ab"])
        #expect(try document.select(Selector(css: "p::text")).strings == ["cd", "e"])
    }

    @Test("a declared encoding does not change how UTF-8 is read")
    func lyingDeclaration() throws {
        for declared in ["iso-8859-1", "utf-16", "utf-7", "nonsense"] {
            let document = try MarkupDocument(html: "<meta charset=\(declared)><title>アニメ</title>")
            #expect(try document.select(Selector(css: "title::text")).strings == ["アニメ"])
        }
    }

    @Test("references to surrogates and other non-characters leave valid text")
    func surrogateReferences() throws {
        let document = try MarkupDocument(html: "<p>a&#xD800;b&#0;c&#x110000;d&#99999999999;e&#xFFFE;f")
        #expect(document.root.text.filter { $0.isASCII } == "abcdef")
    }

    @Test("bytes that are not UTF-8 never leave a text that is not")
    func notUTF8() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<300 {
            let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
            let decoded = CharacterEncoding.decode(bytes)
            #expect(String(validating: decoded.bytes, as: UTF8.self) != nil)
            let raw = try MarkupDocument(html: Array("<p title='".utf8) + bytes + Array("'>".utf8) + bytes)
            _ = (raw.root.text, raw.root.serialized)
        }
    }

    @Test("an empty page has an empty root element")
    func empty() throws {
        for page in ["", " ", "<!-- only a comment -->", "<!DOCTYPE html>", "\0"] {
            let document = try MarkupDocument(html: page)
            #expect(document.root.name == "html")
            #expect(document.root.children.isEmpty)
        }
    }

    @Test("too expensive a selector fails by itself")
    func expensiveSelector() throws {
        let limits = MarkupLimits(maximumSelectorSteps: 1_000_000)
        let document = try MarkupDocument(
            html: html(String(repeating: "<p><b>1</b></p>", count: 30_000)), limits: limits)
        let xpaths = [
            "//*[count(//*) = 1]", "//p[. = following::p/@id]", "//p[count(following-sibling::p[b]) = 1]",
            "//b[contains(string(/), '2')]", "//p[lang('x') or count(//p) = 0]",
        ]
        let selectors = try xpaths.map { try Selector(xpath: $0) } + [Selector(css: ":not(p) ~ p")]
        for selector in selectors {
            let error = #expect(throws: MarkupError.self, "\(selector)") { try document.select(selector) }
            #expect(error?.code == .selectorTooExpensive)
        }
        #expect(try document.select(Selector(css: "p::text")).isEmpty)
    }

    @Test("selectors that are quadratic when taken literally are answered")
    func literallyQuadratic() throws {
        let limits = MarkupLimits(maximumSelectorSteps: 2_000_000)
        let wide = try MarkupDocument(html: html(String(repeating: "<p>a<b>1</b></p>", count: 30_000)), limits: limits)
        let counts = [
            "//*[//*[//*[//*]]]": 60_002, "//p/following::b": 29_999, "//b/preceding::p": 29_999,
            "//p/following-sibling::p": 29_999, "//p[2]": 1, "//b/ancestor::*/descendant::b": 30_000,
            "//*[contains(., 'a1')]": 30_002, "//p[last()]": 1, "(//p)[last()]/preceding-sibling::p": 29_999,
        ]
        for (xpath, expected) in counts { #expect(try count(xpath, in: wide) == expected, "\(xpath)") }
        let deep = try MarkupDocument(html: html(String(repeating: "<div>a", count: 240)), limits: limits)
        for css in [
            "div div div div div div div", "div:has(div:has(div))", "div > div div > div div", "div:contains('aa')",
        ] {
            #expect(try deep.select(Selector(css: css)).matches.count > 200, "\(css)")
        }
    }

    @Test("positions among many siblings are counted once, not anew for each")
    func manySiblings() throws {
        let siblings = try MarkupDocument(
            html: String(repeating: "<p>", count: 50_000), limits: MarkupLimits(maximumSelectorSteps: 1_000_000))
        let positions = ["p:nth-child(2n+1)", "p:nth-last-child(2n+1)", "p:nth-of-type(2n)", "p:nth-last-of-type(2n)"]
        for css in positions {
            #expect(try siblings.select(Selector(css: css)).matches.count == 25_000, "\(css)")
        }
    }
}
