import Testing

@testable import Markup

@Suite struct SelectorEngineTests {
    @Test("a selector says what answers it, and why that is libxml2")
    func engines() throws {
        #expect(try Selector(css: "div > p:has(a)::text").engine == .flat)
        #expect(try Selector(xpath: "(//a)[1]/ancestor::div[last()]").engine == .flat)
        let slow = [
            "id('a')": "the function id()", "//p[lang('en')]": "the function lang()",
            "//p/namespace::*": "the axis namespace", "count(1)": "count() of what are not nodes",
            "last()": "position() or last() outside a predicate",
        ]
        for (xpath, reason) in slow {
            #expect(try Selector(xpath: xpath).engine == .libxml2(reason: reason), "\(xpath)")
        }
        #expect(try Selector(css: "a", language: .xml).engine == .libxml2(reason: "a selector for XML"))
    }

    @Test("what has no compiled form is answered all the same")
    func fallback() throws {
        let document = try MarkupDocument(html: "<div id=a xml:lang=en>1<p id=b>2</p></div>")
        #expect(try document.select(Selector(xpath: "id('b')/..")).matches.first?.attribute("id") == "a")
        #expect(try document.select(Selector(css: "#b", language: .xml)).matches.count == 1)
    }

    @Test("XML is answered by libxml2, whatever the selector")
    func xml() throws {
        let document = try MarkupDocument(xml: Array("<r><A>1</A><a>2</a></r>".utf8))
        #expect(try document.select(Selector(xpath: "//A/text()")).strings == ["1"])
        #expect(try document.select(Selector(css: "a::text"), by: .flat).strings == ["2"])
    }

    @Test("an expression nested too deeply for a thread's stack is left to libxml2")
    func deepExpression() throws {
        let sum = try Selector(xpath: Array(repeating: "1", count: 2_000).joined(separator: " + "))
        #expect(sum.engine != .flat)
        let list = try Selector(xpath: (0..<90).map { "//a\($0)" }.joined(separator: " | "))
        #expect(list.engine == .flat)
    }

    @Test("a long row of compound selectors is left to libxml2, and ends")
    func longRow() throws {
        let document = try MarkupDocument(html: String(repeating: "<p>", count: 10_000))
        for combinator in [" ", " > ", " + ", " ~ "] {
            let fine = Array(repeating: "p", count: CSSProgram.maximumCompounds).joined(separator: combinator)
            #expect(try Selector(css: fine).engine == .flat)
            let long = Array(repeating: "p", count: 3_000).joined(separator: combinator)
            guard let selector = try? Selector(css: long) else { continue }
            #expect(selector.engine != .flat)
            _ = try? document.select(selector)
        }
    }
}
