import CLibXML2

/// What libxml2 says about an expression it cannot compile.
struct XPathSyntaxError: Error {
    let message: String
    /// Bytes before the place of the error.
    let offset: Int
}

enum XPathCompiler {
    /// Compiles an expression; the caller frees it.
    static func compile(_ source: String) throws(XPathSyntaxError) -> OpaquePointer {
        guard LibXML2.isReady, let context = xmlXPathNewContext(nil) else {
            throw XPathSyntaxError(message: "out of memory", offset: 0)
        }
        defer { xmlXPathFreeContext(context) }
        context.pointee.error = LibXML2.ignoreError
        guard let compiled = xmlXPathCtxtCompile(context, source) else {
            let error = context.pointee.lastError
            throw XPathSyntaxError(message: message(error), offset: max(0, Int(error.int1)))
        }
        return compiled
    }

    private static func message(_ error: xmlError) -> String {
        guard let text = error.message else { return "invalid expression" }
        return String(String(cString: text).prefix { !$0.isNewline })
    }
}
