import CLibXML2

/// The XPath function `has-class("a", "b")`: whether the context element's `class` holds all the words.
///
/// parsel has it under this name. It also stands behind `.a` in CSS, where it is faster than the usual
/// `contains(concat(' ', normalize-space(@class), ' '), ' a ')`, which builds three texts for each element.
enum HasClassFunction {
    static let name = "has-class"

    static func register(in context: xmlXPathContextPtr) {
        xmlXPathRegisterFunc(context, name) { parser, count in
            guard let parser else { return }
            HasClassFunction.call(parser, count: Int(count))
        }
    }

    private static func call(_ parser: xmlXPathParserContextPtr, count: Int) {
        guard count > 0 else {
            xmlXPathErr(parser, Int32(XPATH_INVALID_ARITY.rawValue))
            return
        }
        var hasAll = true
        for _ in 0..<count {
            guard let word = xmlXPathPopString(parser) else { return }
            hasAll = hasAll && hasClass(parser.pointee.context?.pointee.node, word)
            animematcher_xml_free(word)
        }
        valuePush(parser, xmlXPathNewBoolean(hasAll ? 1 : 0))
    }

    private static func hasClass(_ node: xmlNodePtr?, _ word: UnsafePointer<xmlChar>) -> Bool {
        guard let node, node.pointee.type == XML_ELEMENT_NODE else { return false }
        var next = node.pointee.properties
        while let attribute = next {
            if xmlStrEqual(attribute.pointee.name, "class") != 0 {
                guard let text = attribute.pointee.children?.pointee.content else { return false }
                return contains(text, word)
            }
            next = attribute.pointee.next
        }
        return false
    }

    /// Whether a text that ends with 0 holds the word between whitespace.
    private static func contains(_ text: UnsafePointer<xmlChar>, _ word: UnsafePointer<xmlChar>) -> Bool {
        var text = text
        while true {
            while text.pointee.isASCIIWhitespace { text += 1 }
            if text.pointee == 0 { return false }
            var matched = 0
            while word[matched] != 0, word[matched] == text[matched] { matched += 1 }
            if word[matched] == 0, matched > 0, text[matched] == 0 || text[matched].isASCIIWhitespace { return true }
            while text.pointee != 0, !text.pointee.isASCIIWhitespace { text += 1 }
        }
    }
}
