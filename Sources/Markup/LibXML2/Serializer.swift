import CLibXML2

/// Writes nodes as mark-up, as libxml2 does.
enum Serializer {
    /// The node itself and everything inside.
    static func outer(_ node: xmlNodePtr) -> String { write { dump(node, to: $0) } }

    private static func dump(_ node: xmlNodePtr, to output: xmlOutputBufferPtr) {
        guard let document = node.pointee.doc else { return }
        if document.pointee.type == XML_HTML_DOCUMENT_NODE {
            htmlNodeDumpFormatOutput(output, document, node, "UTF-8", 0)
        } else {
            xmlNodeDumpOutput(output, document, node, 0, 0, "UTF-8")
        }
    }

    private static func write(_ body: (xmlOutputBufferPtr) -> Void) -> String {
        guard let buffer = xmlBufferCreate() else { return "" }
        defer { xmlBufferFree(buffer) }
        guard let output = xmlOutputBufferCreateBuffer(buffer, nil) else { return "" }
        body(output)
        xmlOutputBufferClose(output)
        return String(copying: xmlBufferContent(buffer))
    }
}
