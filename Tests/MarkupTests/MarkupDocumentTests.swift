import Markup
import Testing

@Suite struct MarkupDocumentTests {
    @Test("an XPath expression finds elements, texts and attributes")
    func xpath() throws {
        let document = try MarkupDocument(html: "<p class='a b'>one<p id=x>two<b>three</b>")
        #expect(try document.select(Selector(xpath: "//p/text()")).strings == ["one", "two"])
        #expect(try document.select(Selector(xpath: "//p/@id")).strings == ["x"])
        #expect(try document.select(Selector(xpath: "//p[has-class('b')]")).strings == ["<p class=\"a b\">one</p>"])
        #expect(try document.select(Selector(xpath: "count(//p)")).strings == ["2.0"])
    }
}
