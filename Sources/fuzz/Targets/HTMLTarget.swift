import Markup

/// Reading a page of any encoding, walking it, selecting from it, and the time that takes.
struct HTMLTarget: FuzzTarget {
    static let name = "html"
    let seeds = [
        SmallPage.html, "<!doctype html><p>a<p>b<table><td>c</table>&eacute;&#x41;&#0;&notin;<br/>",
        "<a href='x' href=y class=\"a&amp;b\"><b><i></b></i><svg><path/></svg><math><mi>x</mi></math>",
        "<script><!--<script></script>--></script><style>a{}</style><textarea><b></textarea><title>x</title>",
    ]
    let dictionary = [
        "<div>", "</div>", "<p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "<li>", "<ul>", "<a href='", "<script>",
        "</script>",
        "<style>", "<textarea>", "<title>", "<select>", "<option>", "<form>", "<input ", "<br/>", "<!--", "-->",
        "<!doctype html>",
        "<![CDATA[", "]]>", "<?", "?>", "&amp;", "&#x", "&#55296;", "&lt", "&unknown;", "'", "\"", "=", ">", "<", "/>",
        "\u{0}",
        "<body>", "<html>", "<head>", "</html>", "<svg>", "<template>", "<meta charset=utf-16>", "<iframe>",
        "<plaintext>", "é",
        "<frameset>", "<noscript>", "<x:y z:w=v>", " a=b", "\u{FEFF}", "<base href=>", "</", "</p >", "<h1>", "</h2>",
    ]
    let fileNames = [".html", ".htm"]
    let members: Set<String> = ["html", "data"]
    let maximumLength = 16_384

    func check(_ input: [UInt8]) throws {
        let text = CharacterEncoding.decode(input)
        let document = try MarkupDocument(html: text.bytes)
        // A replacement character that nobody wrote stands for bytes that were no UTF-8.
        let mayHoldReplacements =
            text.text.unicodeScalars.contains("\u{FFFD}") || text.text.contains("&#") || document.isTruncated
        let walk = try TreeCheck(document, mayHoldReplacements: mayHoldReplacements)
        // Of some pages libxml2 makes several outermost elements, of which a walk from the root sees one.
        guard try document.select(try Selector(xpath: "/*")).matches == [document.root] else { return }
        try walk.compare(document, css: "*") { _ in true }
        try walk.compare(document, css: "a[href]") { $0.name == "a" && $0.attribute("href") != nil }
        try walk.compare(document, css: "div p") { $0.name == "p" && walk.ancestors(of: $0).contains("div") }
        try walk.compare(document, xpath: "//*[not(*)]") { $0.childElements.isEmpty }
        _ = (document.root.serialized, document.root.innerHTML)
        try LinearTime.check(text.bytes) { _ = try? MarkupDocument(html: $0) }
    }
}
