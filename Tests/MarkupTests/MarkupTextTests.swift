import Markup
import Testing

@Suite struct MarkupTextTests {
    private func body(_ html: String) throws -> MarkupNode {
        let document = try MarkupDocument(html: html)
        return try #require(try document.select(Selector(css: "body")).matches.first)
    }

    @Test("text is the text as it stands in the tree, script included")
    func stringValue() throws {
        let body = try body("<p>a <b>b</b>\n c</p><script>1<2</script><!-- no -->")
        #expect(body.text == "a b\n c1<2")
        #expect(body.childElements.map(\.text) == ["a b\n c", "1<2"])
    }

    @Test("excluded nodes are left out, with everything inside")
    func excluding() throws {
        let body = try body("<div>one <span>two <i>three</i></span> four<span>!</span></div>")
        let spans = Set(try body.select(Selector(css: "span")).matches)
        #expect(body.text(excluding: spans) == "one  four")
        #expect(body.normalizedText(excluding: spans) == "one four")
        #expect(body.blockText(excluding: spans) == "one four")
    }

    @Test("normalised text has single spaces and none at its ends, and keeps ideographic spaces")
    func normalized() throws {
        #expect(try body("\n <b> a\u{A0} \t</b>b\u{3000}c &nbsp; ").normalizedText == "a b\u{3000}c")
        #expect(try MarkupDocument(html: "").root.normalizedText == "")
    }

    @Test(
        "normalised text is the same whether it stands in one piece or in several",
        arguments: [
            "a b", "a  b", " a", "a ", "a\tb", "a\nb", "a\u{A0}b", "é \u{A0} b", " ", "", "a b c  ", "\u{B2}a",
            "a\u{3000}b",
        ])
    func pieces(text: String) throws {
        let words = text.split { $0.isWhitespace && $0 != "\u{3000}" }.joined(separator: " ")
        let page = try body("<p title='\(text)'>\(text)</p><p><b>\(text)</b><i></i></p><p>\(text)<!-- --> </p>")
        #expect(page.childElements.map(\.normalizedText) == [words, words, words])
        let titles = try page.document.select(Selector(xpath: "//@title")).matches
        #expect(titles.map(\.normalizedText) == [words])
    }

    @Test("blocks and br become lines, paragraphs are set apart, nothing has two empty lines")
    func blocks() throws {
        let html = """
            <div> first <b>line</b> </div><div>second</div><p>third<p>fourth<br>fifth<br><br>
            sixth<br> <br> <br>seventh</p><ul><li>x<li>y</ul><table><tr><td>1</td><td>2</td></tr></table>
            <style>.a{}</style><script>alert()</script>
            """
        #expect(
            try body(html).blockText()
                == "first line\nsecond\n\nthird\n\nfourth\nfifth\n\nsixth\n\nseventh\n\nx\ny\n1 2")
    }

    @Test("the lines of preformatted text stay")
    func preformatted() throws {
        #expect(try body("<div>a<pre>b  c\nd</pre>e\nf</div>").blockText() == "a\nb c\nd\ne f")
    }

    @Test("attributes, texts and comments have their value as text")
    func values() throws {
        let document = try MarkupDocument(html: "<p title=' a &amp;  b '>x<!-- c -->")
        #expect(try document.select(Selector(xpath: "//p/@title")).matches.map(\.text) == [" a &  b "])
        #expect(try document.select(Selector(xpath: "//p/@title")).matches.map(\.normalizedText) == ["a & b"])
        #expect(try document.select(Selector(xpath: "//p/node()")).matches.map(\.text) == ["x", " c "])
    }
}
