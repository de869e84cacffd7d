import CLibXML2

/// Writes nodes as mark-up, as libxml2 does.
enum Serializer {
    /// The node itself and everything inside.
    static func outer(_ node: NodeID) -> String { write { dump(node, to: $0) } }

    /// Everything inside the node.
    static func inner(_ node: NodeID) -> String {
        write { output in
            for child in node.children { dump(child, to: output) }
        }
    }

    private static func dump(_ node: NodeID, to output: xmlOutputBufferPtr) {
        guard let document = node.pointer.pointee.doc else { return }
        if document.pointee.type == XML_HTML_DOCUMENT_NODE {
            htmlNodeDumpFormatOutput(output, document, node.pointer, "UTF-8", 0)
        } else {
            xmlNodeDumpOutput(output, document, node.pointer, 0, 0, "UTF-8")
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
