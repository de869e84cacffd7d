import Foundation
import Markup
import TestSupport
import Testing

@Suite struct XMLDocumentTests {
    private func xml(_ text: String, namespaces: MarkupDocument.Namespaces = .kept) throws -> MarkupDocument {
        try MarkupDocument(xml: Array(text.utf8), namespaces: namespaces)
    }

    @Test("names keep their case, and CSS for XML respects it")
    func cases() throws {
        let document = try xml("<Feed><Entry Id='1'/><entry/></Feed>")
        #expect(document.root.name == "Feed")
        #expect(try document.select(Selector(css: "Entry", language: .xml)).matches.count == 1)
        #expect(try document.select(Selector(css: "Entry[Id]", language: .xml)).matches.count == 1)
    }

    @Test("namespaces are kept or removed")
    func namespaces() throws {
        let sitemap =
            "<urlset xmlns='http://s' xmlns:i='http://i'><url><loc>a</loc><i:loc i:x='1'>b</i:loc></url></urlset>"
        let kept = try xml(sitemap)
        #expect(try kept.select(Selector(xpath: "//loc")).isEmpty)
        #expect(try kept.select(Selector(xpath: "//*[local-name() = 'loc']/text()")).strings == ["a", "b"])
        #expect(try kept.select(Selector(css: "i|loc::text", language: .xml)).strings == ["b"])
        let removed = try xml(sitemap, namespaces: .removed)
        #expect(try removed.select(Selector(xpath: "//loc/text()")).strings == ["a", "b"])
        #expect(try removed.select(Selector(xpath: "//@x")).strings == ["1"])
    }

    @Test("broken XML is read as far as it goes")
    func recovery() throws {
        let document = try xml("<a><b>1</b><c>2</a>")
        #expect(document.root.text == "12")
    }

    @Test("a document without element is refused")
    func noRoot() {
        for text in ["", "text", "<?xml version='1.0'?>", "<!-- -->"] {
            let error = #expect(throws: MarkupError.self) { try xml(text) }
            #expect(error?.code == .noRootElement)
        }
    }

    @Test("the declared encoding is ignored: the bytes are UTF-8")
    func encoding() throws {
        #expect(try xml("<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>").root.text == "ü")
    }

    @Test("external entities open no file")
    func externalEntities() throws {
        let secret = FileManager.default.temporaryDirectory.appendingPathComponent("markup-secret-\(UUID()).txt")
        try Data("s3cret".utf8).write(to: secret)
        defer { try? FileManager.default.removeItem(at: secret) }
        let texts = [
            "<!DOCTYPE a [<!ENTITY x SYSTEM '\(secret.absoluteString)'>]><a b='&x;'>-&x;</a>",
            "<!DOCTYPE a [<!ENTITY % p SYSTEM '\(secret.absoluteString)'> %p;]><a>-</a>",
            "<!DOCTYPE a SYSTEM '\(secret.absoluteString)'><a>-&x;</a>",
            "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='\(secret.path)' parse='text'/>-</a>",
        ]
        for text in texts {
            let document = try xml(text)
            #expect(document.root.text == "-")
            #expect(!document.root.serialized.contains("s3cret"))
        }
    }

    @Test("entities do not grow")
    func entityBombs() throws {
        var laughs = "<!DOCTYPE a [<!ENTITY l0 'ha'>"
        for level in 1...12 {
            laughs += "<!ENTITY l\(level) '\(String(repeating: "&l\(level - 1);", count: 10))'>"
        }
        let bomb = try xml(laughs + "]><a b='&l12;'>x&l12;</a>")
        #expect(bomb.root.text == "x")
        #expect(bomb.root.attribute("b") == "")
        let quadratic = "<!DOCTYPE a [<!ENTITY b '\(String(repeating: "b", count: 100_000))'>]><a>"
        let document = try xml(quadratic + String(repeating: "&b;", count: 10_000) + "</a>")
        #expect(document.root.text.utf8.count < 1_000)
        let cycle = try xml("<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]><a>x&x;</a>")
        #expect(cycle.root.text.hasPrefix("x"))
    }

    @Test("the predefined entities and CDATA are text")
    func predefined() throws {
        #expect(try xml("<a>&lt;&amp;&gt;&quot;&apos;&#65;<![CDATA[<&x;]]></a>").root.text == "<&>\"'A<&x;")
    }

    @Test("deep, wide and large XML stays within the limits")
    func limits() throws {
        let deep = try xml(String(repeating: "<a>", count: 500_000))
        #expect(deep.isTruncated)
        let limits = MarkupLimits(maximumNodes: 1_000)
        for part in ["<a/>", "<![CDATA[x]]><a/>", "<!--c-->", "<?p?>", "<a b='1' c='2'/>", "<n:a xmlns:n='u'/>"] {
            let wide = "<r>" + String(repeating: part, count: 5_000) + "</r>"
            #expect(try MarkupDocument(xml: Array(wide.utf8), limits: limits).isTruncated, "\(part)")
        }
    }
}
