import Markup
import WebStandards

/// Reading XML with recovery, with and without its namespaces.
struct XMLTarget: FuzzTarget {
    static let name = "xml"
    let seeds = [
        "<?xml version='1.0' encoding='utf-8'?><a xmlns:x='u'><x:b c='d'>e</x:b><![CDATA[f]]></a>",
        "<!DOCTYPE r [<!ENTITY x 'y'><!ENTITY z SYSTEM 'file:///etc/passwd'>]><r>&x;&z;&amp;&#65;</r>",
        "<rss version='2.0'><channel><item><link>u</link></item></channel></rss>",
    ]
    let dictionary = [
        "<a>", "</a>", "<x:b>", "xmlns='u'", "xmlns:x=''", "<!DOCTYPE a [", "<!ENTITY % p '", "%p;", "]>", "&x;",
        "&amp;", "&#0;",
        "<![CDATA[", "]]>", "<!--", "-->", "<?pi ", "?>", "SYSTEM 'http://127.0.0.1/'", "'", "\"", "<", ">", "\u{0}",
        "\u{FEFF}",
    ]
    let fileNames = [".xml"]
    let maximumLength = 4_096

    func check(_ input: [UInt8]) throws {
        let text = CharacterEncoding.decode(input)
        for namespaces in [MarkupDocument.Namespaces.kept, .removed] {
            guard let document = try? MarkupDocument(xml: text.bytes, namespaces: namespaces) else { continue }
            _ = try TreeCheck(document, mayHoldReplacements: true)
            try require(!document.root.text.contains("root:x:0:0"), "an external entity was read")
        }
    }
}
