import Markup
import Testing

@Suite struct MarkupNodeTests {
    @Test("a node knows its name, attributes, parent, children and siblings")
    func family() throws {
        let document = try MarkupDocument(html: "<ul ID=l Class='a  b\tc'>x<li>1</li><!--c--><li data-x>2</li></ul>")
        let list = try #require(try document.select(Selector(css: "ul")).matches.first)
        #expect(list.name == "ul")
        #expect(list.isElement(named: "ul"))
        #expect(list.attribute("id") == "l")
        #expect(list.attribute("none") == nil)
        #expect(list.classes == ["a", "b", "c"])
        #expect(list.attributes.map(\.name) == ["id", "class"])
        #expect(list.parent?.name == "body")
        #expect(list.parent?.parent?.parent == nil)
        #expect(list.children.map(\.kind) == [.text, .element, .comment, .element])
        #expect(list.childElements.map(\.text) == ["1", "2"])
        #expect(list.childElements[1].attribute("data-x") == "")
        #expect(list.children[0].nextSibling == list.children[1])
        #expect(list.children[1].previousSibling == list.children[0])
        #expect(list.children[3].nextSibling == nil)
    }

    @Test("nodes are equal when they are the same node")
    func identity() throws {
        let document = try MarkupDocument(html: "<p>a<p>a")
        let paragraphs = try document.select(Selector(css: "p")).matches
        #expect(paragraphs[0] != paragraphs[1])
        #expect(Set(paragraphs + paragraphs).count == 2)
        #expect(try document.select(Selector(xpath: "//body/p[1]")).matches == [paragraphs[0]])
    }

    @Test("a node keeps its document alive")
    func lifetime() throws {
        func first() throws -> MarkupNode {
            try #require(try MarkupDocument(html: "<p>kept").select(Selector(css: "p")).matches.first)
        }
        #expect(try first().text == "kept")
    }

    @Test("a node is written as mark-up, with and without its own tags")
    func markup() throws {
        let document = try MarkupDocument(html: "<div class=x>a &lt; ü<br><b title='\"'>b</b></div>")
        let div = try #require(try document.select(Selector(css: "div")).matches.first)
        #expect(div.serialized == "<div class=\"x\">a &lt; ü<br><b title='\"'>b</b></div>")
        #expect(div.innerHTML == "a &lt; ü<br><b title='\"'>b</b>")
        #expect(div.childElements[0].innerHTML == "")
    }

    @Test("selecting from a node stays inside it")
    func relative() throws {
        let document = try MarkupDocument(
            html: "<table><tr><td>1<td>2<tr><td>3<td><b>4</b></table><div><p>x<div><p>y</div></div>")
        let rows = try document.select(Selector(css: "tr")).matches
        #expect(try rows[1].select(Selector(xpath: "./td[1]/text()")).strings == ["3"])
        #expect(try rows[1].select(Selector(css: "td:first-child::text")).strings == ["3"])
        #expect(try rows[1].select(Selector(css: "table td")).isEmpty)
        #expect(try rows[1].select(Selector(css: "tr > td b::text")).strings == ["4"])
        #expect(try rows[1].select(Selector(css: "tr")).matches == [rows[1]])
        let inner = try #require(try document.select(Selector(css: "div > div")).matches.first)
        #expect(try inner.select(Selector(css: ":scope > p::text")).strings == ["y"])
        #expect(try inner.select(Selector(xpath: "//p")).matches.count == 2)
    }

    @Test("a node of another document is refused")
    func foreign() throws {
        let other = try MarkupDocument(html: "<p>").root
        let document = try MarkupDocument(html: "<p>")
        let error = #expect(throws: MarkupError.self) { try document.select(Selector(css: "p"), from: other) }
        #expect(error?.code == .foreignNode)
    }
}
