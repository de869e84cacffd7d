import Foundation
import TestSupport
import Testing

@testable import Markup

/// Our parser builds the trees that libxml2 builds.
@Suite struct HTMLEqualityTests {
    @Test("odd pages are repaired as libxml2 repairs them", arguments: Self.oddPages)
    func oddPage(page: String) throws {
        try TreeComparison.expectEqual(Array(page.utf8))
    }

    @Test("every recorded page gives libxml2's tree", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func recordedPages() throws {
        var compared = 0
        for page in RecordedPageTests.pages(".html") {
            let decoded = CharacterEncoding.decode([UInt8](try Data(contentsOf: page)))
            try TreeComparison.expectEqual(decoded.bytes, name: page.lastPathComponent)
            compared += 1
        }
        #expect(compared > 100)
    }

    @Test("random pages made of tags give libxml2's tree", arguments: 1...4)
    func randomPages(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<4_000 {
            guard try TreeComparison.expectEqual(RandomPage.bytes(using: &random)) else { return }
        }
    }

    @Test(
        "recorded pages with random changes give libxml2's tree",
        .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func changedPages() throws {
        var random = SplitMix64(seed: 11)
        let pages = RecordedPageTests.pages(".html")
        for _ in 0..<200 {
            let page = try #require(pages.randomElement(using: &random))
            var bytes = [UInt8](try Data(contentsOf: page))
            let start = Int.random(in: 0...max(0, bytes.count - 20_000), using: &random)
            bytes = Array(bytes[start..<min(bytes.count, start + 20_000)])
            RecordedPageTests.mutate(&bytes, using: &random)
            guard try TreeComparison.expectEqual(CharacterEncoding.decode(bytes).bytes, name: page.lastPathComponent)
            else { return }
        }
    }

    @Test(
        "html5lib's pages give libxml2's tree", .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func suitePages() throws {
        let lines = try RecordedMaterial.lines("suites/html5lib/tree_construction.jsonl")
        #expect(lines.count > 500)
        for line in lines {
            let row = try JSONDecoder().decode(TreeRow.self, from: Data(line.utf8))
            try TreeComparison.expectEqual(Array(row.data.utf8), name: row.id)
        }
    }

    private struct TreeRow: Decodable {
        let id: String
        let data: String
    }

    @Test("what is left to libxml2 is read too")
    func oddNames() throws {
        let document = try MarkupDocument(html: "<?日本 x><p>kept")
        #expect(document.root.text == "kept")
        try TreeComparison.expectEqual(Array("<!DOCTYPE é><p>kept".utf8))
    }

    static let oddPages = [
        "", " ", "text", " text <b>x</b>", "<p>a<p>b", "<td>x", "<li>a<li>b</ul>c",
        "a&amp;b&lt;&nbsp;&eacute;&bogus;&amp",
        "&#65;&#x41;&#0;&#xD800;&#x110000;&#99999999999;&#;&#x;&#x1F600;", "<a title='&amp;&bogus;&#65;&#0;rest'>x",
        "<br/><div/>x<p/>y", "<html><body></body></html>after<p>more<!--c--><div>x", "</html><p>x",
        "<!--a--><html></html><p>x",
        "<!DOCTYPE html><html></html><p>x", "<!DOCTYPE html PUBLIC 'a>b' \"c>d\" e>x", "x<!DOCTYPE html></div>y",
        "<head><title>t</title></head><body>x", "<title>t</title><p>x<title>u</title>", "<meta charset=utf-8><p>",
        "<script>a</b></script>x", "<script></div>x</script>y", "<div><script></div>x</script>y", "<style><body>x",
        "<script><noscript>x", "<script>a<!--</script>-->b", "<script>x</scripty>y</script>z", "<script>never ends",
        "<style>a</STYLE >b", "<!-->x-->y", "<!--->x-->y", "<!---->x", "<!--a--!>b", "<!--a", "<!--a-->-->",
        "<!-- \u{1}a\u{FFFE} -->",
        "<?php x > y", "<?xml version='1.0'?><p>x", "<?>x", "<? x>y", "<?x", "<?x>", "a<b", "a<3", "a<!b>c", "a</>b",
        "a</ p>b", "<_a>x", "<:b>x", "<.c>x",
        "<a href=x/>y", "<a href=>y", "<a href = 'x' HREF=y class>z", "<a b='x' c=\"y", "<a b=x c", "<a b", "<a", "<",
        "</", "</a", "<!", "<!-",
        "<input checked disabled=x value>", "<a 1=2 \"x\" y>z", "<a/b=c>d", "<a\u{0C}b>c", "<p.x>a<p>b",
        "<fb:like x:y=z>a</fb:like>b", "<a:>x", "<a:b:c>x",
        "<table><tr><td>a<td>b<tr><td>c</table>d", "<table><p>x</table>", "<table></div>x</table>",
        "<div><table></div>x</table>y",
        "<b><i>x</b>y</i>z", "<form><form>x</form>y</form>", "<select><option>a<option>b</select>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<body><body class=x>y</body>z</body>w", "<html a=b><html c=d>x</html>y</html>", "<head><head>x</head>",
        "<div><head>x</head>y</div>z",
        "<body/>x", "<p><body/>x", "<frameset><frame src=x></frameset>", "<noframes>x", "<script>x</script>y<head>z",
        "<p></head>x", "</p>x", "</br>x",
        "\u{1}\u{2}", "a\u{1}b", "<p>\u{FFFF}x\u{FFFE}", "\u{FEFF}<p>x", "\u{FEFF}\u{FEFF}<p>x", "a\r\nb\rc",
        "<pre>\n\nx</pre>", "&nbsp;", " &nbsp;<p>x",
        "<h1>a<p>b</h1>c", "<a>x<a>y", "<u>a<p>b</u>", "<textarea><p>x</textarea>", "<title><b>x</b></title>",
        "<p><table>x", "<center><b>x</center>y",
        "<a title='x\u{1}y'>", "<svg><path d='x'/></svg>", "<template><p>x</template>", "<p>a</P >b", "<P>a</p\n>b",
        "<img src=a><img src=b/>", "<hr>x</hr>y",
        "<col>x", "<caption>x<tr>y", "<object><param name=x></object>", "<xmp><b>x</xmp>", "<listing><b>x</listing>",
        "<isindex>x", "<basefont>x",
        String(repeating: "<div>", count: 300) + "x", String(repeating: "<b>", count: 257) + "x",
        String(repeating: " ", count: 1_001) + "<p>x",
        String(repeating: " ", count: 999) + "<p>x", String(repeating: " ", count: 1_000) + "<p>x",
        "<" + String(repeating: "n", count: 150) + " a=b>x",
        "<a " + String(repeating: "n", count: 150) + "=b>x", "<p " + String(repeating: "x", count: 300) + ">",
        "x" + String(repeating: "é", count: 900) + "&amp;y",
        "<html><!--c--></html><!--d-->e<p>f</p><!--g--><b>h", "<!--c--><html></html>t<b>u</b></html>v<i>w",
        "<p>x</html><!--a--></body><p>y",
    ]
}

/// Pages made of pieces that belong to HTML, put together at random.
enum RandomPage {
    private static let pieces: [String] = {
        let tags = HTMLNames.elements + ["svg", "x:y", "a.b", "main", "_z", "t:"]
        let starts = tags.flatMap { ["<\($0)>", "<\($0) id=i class='a b'>", "<\($0)/>"] }
        let ends = tags.map { "</\($0)>" }
        let others = [
            "text", " ", "\n", "  \t", "&amp;", "&nbsp;", "&#65;", "&bad;", "&amp", "&", "<", ">", "</", "<!", "<!--",
            "-->", "<!--x-->",
            "<?x y>", "<?", "<!DOCTYPE html>", "<!doctype", "'", "\"", "=", "/>", "/", "é", "日本", "\u{1}", "\u{FFFE}",
            "--!>", "]]>",
            "<![CDATA[x]]>", "<html a=b>", "<body c=d>", "<head>", "</head>", "</body>", "</html>", "<p", " a=\"b",
            " a='b'", " a=b ", " checked",
            "<script>", "</script>", "<style>", "</style>", "</script", "x</script>y", "<a href='&amp;&#0;x'>",
            "<table><tr><td>", "</td></tr></table>",
        ]
        return starts + ends + ends + others + others + others + others
    }()

    static func bytes(using random: inout SplitMix64) -> [UInt8] {
        let count = Int.random(in: 1...25, using: &random)
        return (0..<count).flatMap { _ in Array((pieces.randomElement(using: &random) ?? "").utf8) }
    }
}

/// Our tree of a page beside libxml2's.
enum TreeComparison {
    @discardableResult
    static func expectEqual(_ page: [UInt8], name: String = "", location: SourceLocation = #_sourceLocation) throws
        -> Bool
    {
        let ours = try MarkupDocument(html: page)
        let theirs = try MarkupDocument(htmlByLibXML2: page)
        let difference =
            difference(ours.tree, theirs.tree)
            ?? (ours.isTruncated == theirs.isTruncated
                ? nil : "truncated: \(ours.isTruncated), libxml2 \(theirs.isTruncated)")
        if let difference {
            let shown = name.isEmpty ? String(decoding: page.prefix(600), as: UTF8.self) : name
            Issue.record("\(shown.debugDescription): \(difference)", sourceLocation: location)
        }
        return difference == nil
    }

    /// The first place where the trees differ.
    static func difference(_ ours: FlatTree, _ theirs: FlatTree) -> String? {
        for index in 0..<min(ours.nodes.count, theirs.nodes.count) where !isEqual(ours, theirs, at: index) {
            return "node \(index): \(line(ours, index)), libxml2 \(line(theirs, index))"
        }
        if ours.nodes.count != theirs.nodes.count { return "\(ours.nodes.count) nodes, libxml2 \(theirs.nodes.count)" }
        return ours.root == theirs.root ? nil : "root \(ours.root), libxml2 \(theirs.root)"
    }

    private static func isEqual(_ ours: FlatTree, _ theirs: FlatTree, at index: Int) -> Bool {
        let (left, right) = (ours.nodes[index], theirs.nodes[index])
        guard left.kind == right.kind, left.parent == right.parent, left.previous == right.previous,
            left.end == right.end,
            isEqual(left.name, right.name, ours, theirs)
        else { return false }
        guard left.kind == .element else {
            return left.kind == .document || isEqual(ours.content(left), theirs.content(right), ours, theirs)
        }
        guard left.count == right.count else { return false }
        return zip(ours.attributeRange(left), theirs.attributeRange(right)).allSatisfy { mine, other in
            let (mine, other) = (ours.attributes[mine], theirs.attributes[other])
            return mine.owner == other.owner && isEqual(mine.name, other.name, ours, theirs)
                && isEqual(mine.value, other.value, ours, theirs)
        }
    }

    private static func isEqual(
        _ left: NameTable.ID, _ right: NameTable.ID, _ ours: FlatTree, _ theirs: FlatTree
    ) -> Bool {
        // Names of HTML have the same numbers everywhere.
        left == right && left < NameTable.html.count || ours.names.string(left) == theirs.names.string(right)
    }

    private static func isEqual(_ left: ByteSpan, _ right: ByteSpan, _ ours: FlatTree, _ theirs: FlatTree) -> Bool {
        left.count == right.count
            && memcmp(ours.bytes + Int(left.start), theirs.bytes + Int(right.start), Int(left.count)) == 0
    }

    private static func line(_ tree: FlatTree, _ index: Int) -> String {
        let node = tree.nodes[index]
        var line =
            "\(node.kind) \(tree.names.string(node.name)) in \(node.parent) after \(node.previous) to \(node.end)"
        if node.kind == .element {
            for place in tree.attributeRange(node) {
                let attribute = tree.attributes[place]
                line +=
                    " \(tree.names.string(attribute.name))=\(tree.string(attribute.value).debugDescription)@\(attribute.owner)"
            }
        } else if node.kind != .document {
            line += " \(tree.string(tree.content(node)).debugDescription)"
        }
        return line
    }
}
