import CLibXML2

/// Turns bytes into a tree within limits, without files, network, huge documents, or a word on standard error.
struct LibXML2Parser {
    struct Outcome: ~Copyable {
        let tree: LibXML2Tree
        let isTruncated: Bool
    }

    let limits: MarkupLimits

    func html(_ bytes: [UInt8]) throws(MarkupError) -> Outcome {
        let input = ParserInput(bytes, language: .html, limits: limits)
        return try parse(input, newContext: htmlNewParserCtxt) { context, buffer, count in
            let options =
                HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue
                | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
            let document = htmlCtxtReadMemory(context, buffer, count, nil, "UTF-8", Int32(options))
            if let document, xmlDocGetRootElement(document) == nil { Self.addEmptyHTML(to: document) }
            return document
        }
    }

    func xml(_ bytes: [UInt8], namespaces: MarkupDocument.Namespaces) throws(MarkupError) -> Outcome {
        let input = ParserInput(bytes, language: .xml, limits: limits)
        return try parse(input, newContext: xmlNewParserCtxt) { context, buffer, count in
            Self.forbidEntities(in: context)
            let options =
                XML_PARSE_RECOVER.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue
                | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_IGNORE_ENC.rawValue
            let document = xmlCtxtReadMemory(context, buffer, count, nil, "UTF-8", Int32(options))
            if let document, namespaces == .removed { Self.removeNamespaces(from: document) }
            return document
        }
    }

    private func parse(
        _ input: ParserInput, newContext: () -> xmlParserCtxtPtr?,
        read: (xmlParserCtxtPtr, UnsafePointer<CChar>?, Int32) -> xmlDocPtr?
    ) throws(MarkupError) -> Outcome {
        guard LibXML2.isReady, let context = newContext() else { throw .noMemory }
        defer { xmlFreeParserCtxt(context) }
        var budget = NodeBudget(nodes: limits.maximumNodes)
        let document = withUnsafeMutablePointer(to: &budget) { budget in
            NodeBudget.install(budget, in: context)
            return input.bytes.withUnsafeBytes { buffer in
                read(context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
            }
        }
        guard let document else { throw .noRootElement }
        guard xmlDocGetRootElement(document) != nil else {
            xmlFreeDoc(document)
            throw .noRootElement
        }
        return Outcome(
            tree: LibXML2Tree(stealing: document),
            isTruncated: input.isTruncated || context.pointee.disableSAX != 0)
    }

    private static func addEmptyHTML(to document: xmlDocPtr) {
        guard let root = xmlNewDocNode(document, nil, "html", nil) else { return }
        xmlAddChild(UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self), root)
    }

    /// Leaves the predefined entities only: what is not declared can neither grow nor be fetched.
    private static func forbidEntities(in context: xmlParserCtxtPtr) {
        guard let handler = context.pointee.sax else { return }
        handler.pointee.entityDecl = nil
        handler.pointee.unparsedEntityDecl = nil
        handler.pointee.externalSubset = nil
        handler.pointee.resolveEntity = nil
        handler.pointee.reference = nil
    }

    private static func removeNamespaces(from document: xmlDocPtr) {
        var walk = LibXML2Walk(document: document)
        while let node = walk.next() {
            guard node.pointee.type == XML_ELEMENT_NODE else { continue }
            node.pointee.ns = nil
            var next = node.pointee.properties
            while let attribute = next {
                attribute.pointee.ns = nil
                next = attribute.pointee.next
            }
        }
    }
}
