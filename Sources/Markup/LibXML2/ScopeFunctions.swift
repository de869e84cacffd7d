import CLibXML2

/// The XPath functions `in-scope()` and `is-scope()` that the translation of CSS uses.
///
/// They compare the context node with the node the evaluation started from, which the evaluator leaves in the context's
/// `user` field. XPath expressions as written by people do not get past `XPathGuard` with them.
enum ScopeFunctions {
    static func register(in context: xmlXPathContextPtr) {
        xmlXPathRegisterFunc(context, "is-scope") { parser, _ in
            guard let parser, let context = parser.pointee.context else { return }
            let isScope = context.pointee.node.map(UnsafeMutableRawPointer.init) == context.pointee.user
            valuePush(parser, xmlXPathNewBoolean(isScope ? 1 : 0))
        }
        xmlXPathRegisterFunc(context, "in-scope") { parser, _ in
            guard let parser, let context = parser.pointee.context else { return }
            let isInside = ScopeFunctions.isInside(context.pointee.node, context.pointee.user)
            valuePush(parser, xmlXPathNewBoolean(isInside ? 1 : 0))
        }
    }

    /// Whether a node is the scope or inside it; depth is bounded by the parser.
    private static func isInside(_ node: xmlNodePtr?, _ scope: UnsafeMutableRawPointer?) -> Bool {
        var next = node
        while let node = next {
            if UnsafeMutableRawPointer(node) == scope { return true }
            next = node.pointee.parent
        }
        return false
    }
}
