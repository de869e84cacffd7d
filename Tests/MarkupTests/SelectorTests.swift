import Markup
import Testing

@Suite struct SelectorTests {
    private let document: MarkupDocument

    init() throws {
        document = try MarkupDocument(
            html: """
                <div id=a class="x y"><p lang=en>one <b>two</b></p><p>three<a HREF="HTTP://x/é'&quot;">four</a></div>
                <ul><li>1<li class=x>2<li>3</ul><h1 title="">h</h1><h2>i</h2>
                """)
    }

    private func texts(_ css: String) throws -> [String] {
        try document.select(Selector(css: css)).strings
    }

    @Test("::text and ::attr() take texts and attributes, as parsel does")
    func pseudoElements() throws {
        #expect(try texts("p::text") == ["one ", "three"])
        #expect(try texts("#a p ::text") == ["one ", "two", "three", "four"])
        #expect(try texts("#a > ::text").contains("one "))
        #expect(try texts("p *::text") == ["one ", "two", "three", "four"])
        #expect(try texts("a::attr(href)") == ["HTTP://x/é'\""])
        #expect(try texts("div ::attr(id)") == ["a"])
        #expect(try texts("li.x::text, h1::text") == ["2", "h"])
        #expect(try texts("li.x::text, a::attr(href)") == ["HTTP://x/é'\"", "2"])
        #expect(try texts("::attr(lang)") == ["en"])
    }

    @Test("attribute tests may ignore case and hold any quotes")
    func attributes() throws {
        #expect(try texts("a[href^=http i]::text") == ["four"])
        #expect(try texts("a[href^=http]::text") == [])
        #expect(try texts("a[href^='HTTP' s]::text") == ["four"])
        #expect(try texts("a[href$='\\'\\\"']::text") == ["four"])
        #expect(try texts("[title='']::text") == ["h"])
        #expect(try texts("p[lang|=en]::text") == ["one "])
        #expect(try texts("p[lang!=en]::text") == ["three"])
    }

    @Test("functions look at lists, at what is inside, and at what follows")
    func functions() throws {
        #expect(try texts(":is(h1, h2)::text") == ["h", "i"])
        #expect(try texts("li:not(.x, :last-child)::text") == ["1"])
        #expect(try texts("p:has(> b)::text") == ["one "])
        #expect(try texts("div:has(p a)::attr(id)") == ["a"])
        #expect(try texts("h1:has(+ h2)::text") == ["h"])
        #expect(try texts("li:has(~ .x)::text") == ["1"])
        #expect(try texts("p:contains('two')::text") == ["one "])
        #expect(try texts("li:nth-last-child(-n + 2)::text") == ["2", "3"])
        #expect(try texts("p:first-of-type b::text") == ["two"])
    }

    @Test("escapes and comments are read as CSS reads them")
    func escapes() throws {
        let odd = try MarkupDocument(html: "<p class='1a b:c' id='é'>x</p>")
        for css in [".\\31 a", ".b\\:c", "#\\E9", "p/* . */.b\\3A c", "#é", "p[class~='b\\00003ac']"] {
            #expect(try odd.select(Selector(css: css)).matches.count == 1, "\(css)")
        }
    }

    @Test("an error says where and what was expected")
    func errors() {
        let cases: [(String, Int, String)] = [
            ("a[href", 6, "expected ']' or one of = ~= |= ^= $= *= != at 6 in 'a[href'"),
            ("a[href='x'", 10, "expected ']' at 10 in 'a[href='x''"),
            ("a:nth-child(x)", 12, "expected a position such as 3, odd or 2n+1 at 12 in 'a:nth-child(x)'"),
            ("a > ", 4, "expected a selector at 4 in 'a > '"),
            ("p::before", 1, "expected ::text or ::attr(name) at 1 in 'p::before'"),
            ("p:nope", 1, "expected a known pseudo-class instead of :nope at 1 in 'p:nope'"),
        ]
        for (css, offset, message) in cases {
            let error = #expect(throws: SelectorError.self) { try Selector(css: css) }
            #expect(error?.offset == offset)
            #expect(error?.description == message)
        }
    }

    @Test("a selector that is refused leaves nothing behind in the next")
    func errorsLeaveNothing() throws {
        let expected = try Selector(css: "li.x:not(.y)::text").xpath
        for css in [
            "a, b > ", "a b > c:not(.d[e='f'", ":is(x.y, z", "p:has(> b, i[j])!", ":lang(en, fr) q::text r", "\\é:nope",
        ] {
            #expect(throws: SelectorError.self, "\(css)") { try Selector(css: css) }
            let next = try Selector(css: "li.x:not(.y)::text")
            #expect(next.xpath == expected)
            #expect(try document.select(next).strings == ["2"])
        }
    }

    @Test("names that are equal as texts but not as scalars are different names")
    func equivalentNames() throws {
        let page = try MarkupDocument(xml: Array("<r><\u{E9}>one</\u{E9}><e\u{301}>two</e\u{301}></r>".utf8))
        let both = try Selector(css: "\u{E9}::text, e\u{301}::text", language: .xml)
        #expect(try page.select(both).strings == ["one", "two"])
        #expect(try Selector(css: "[\u{E9}]") != Selector(css: "[e\u{301}]"))
    }

    @Test("selectors are equal when they are written alike in one language")
    func equality() throws {
        let selector = try Selector(css: "a")
        #expect(try selector == Selector(css: "a"))
        #expect(try selector != Selector(css: "a", language: .xml))
        #expect(try selector != Selector(xpath: "a"))
        #expect(try Set([selector, Selector(css: "a"), Selector(xpath: "a")]).count == 2)
    }

    @Test("offsets count scalars, whatever their length")
    func offsets() {
        let error = #expect(throws: SelectorError.self) { try Selector(css: ".é🎉[x=\"ü") }
        #expect(error?.offset == 8)
        #expect(error?.expected == "'\"' that closes the string started at 6")
    }

    @Test("an :…-of-type needs an element name, wherever it stands")
    func ofType() {
        for css in [":first-of-type", "a > *:nth-of-type(2)", "a:not(:only-of-type)", "a:has(.b:nth-last-of-type(1))"] {
            let error = #expect(throws: SelectorError.self, "\(css)") { try Selector(css: css) }
            #expect(error?.offset == 0)
            #expect(error?.expected == "an element name before each :…-of-type")
        }
    }

    @Test("an XPath error says where, also for what libxml2 only notices later")
    func xpathErrors() {
        let cases: [(String, Int)] = [
            ("//a[", 4), ("//a[@b='c]", 10), ("//a[nope()]", 4), ("//a[$x]", 4), ("//ns:a", 2), ("", 0), ("//", 2),
            ("//a[in-scope()]", 4),
        ]
        for (xpath, offset) in cases {
            let error = #expect(throws: SelectorError.self, "\(xpath)") { try Selector(xpath: xpath) }
            #expect(error?.offset == offset, "\(xpath): \(String(describing: error))")
        }
        #expect(throws: Never.self) { try Selector(xpath: "//a[1 div (2) and (3) mod (2)]/self::node()/ancestor::b") }
    }

    @Test("too long or too nested selectors are refused")
    func bombs() {
        let long = (0..<10_000).map { "a\($0)" }.joined(separator: ", ")
        #expect(throws: SelectorError.self) { try Selector(css: long) }
        #expect(throws: SelectorError.self) { try Selector(xpath: String(repeating: "(", count: 5_000)) }
        #expect(throws: SelectorError.self) {
            try Selector(css: String(repeating: ":has(", count: 1_000) + "a" + String(repeating: ")", count: 1_000))
        }
        #expect(throws: SelectorError.self) { try Selector(css: "a\0b") }
        let list = (0..<1_000).map { "a\($0)" }.joined(separator: ", ")
        #expect(throws: Never.self) { try document.select(Selector(css: list)) }
    }

    @Test("XPath gives texts, numbers and truth values")
    func values() throws {
        #expect(try document.select(Selector(xpath: "string(//b)")).strings == ["two"])
        #expect(try document.select(Selector(xpath: "count(//li) div 2")).strings == ["1.5"])
        #expect(try document.select(Selector(xpath: "boolean(//li)")).strings == ["1"])
        #expect(try document.select(Selector(xpath: "//li/namespace::*")).isEmpty)
        #expect(try document.select(Selector(xpath: "/")).isEmpty)
    }

    @Test("a selector that cannot be answered fails with its source")
    func failures() throws {
        let error = #expect(throws: MarkupError.self) { try document.select(Selector(xpath: "count(1)")) }
        #expect(error?.code == .selectorFailed)
        #expect(error?.cause.hasPrefix("count(1)") ?? false)
    }

    @Test("one selector serves many threads at once")
    func threads() async throws {
        let selector = try Selector(css: "li.x:not(.y)::text")
        let xpath = try Selector(xpath: "concat(//li[has-class('x')], normalize-space(//h1))")
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<200 {
                        guard let page = try? MarkupDocument(html: "<li class=x>2<li><h1> h </h1>"),
                            (try? page.select(selector).strings) == ["2"],
                            (try? page.select(xpath).strings) == ["2h"]
                        else { return false }
                    }
                    return true
                }
            }
            for await passed in group { #expect(passed) }
        }
    }
}
