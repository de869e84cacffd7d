import CLibXML2

/// Turns bytes into a tree within limits, without files, network, huge documents, or a word on standard error.
struct LibXML2Parser {
    struct Outcome: ~Copyable {
        let tree: LibXML2Tree
        let isTruncated: Bool
        let isWellFormed: Bool
    }

    let limits: MarkupLimits

    func html(_ bytes: [UInt8]) throws(MarkupError) -> Outcome {
        let input = ParserInput(bytes, language: .html, limits: limits)
        return try parse(input, newContext: htmlNewParserCtxt) { context, buffer, count in
            let options =
                HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_COMPACT.rawValue
                | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
            return htmlCtxtReadMemory(context, buffer, count, nil, "UTF-8", Int32(options))
        } root: { document in
            xmlDocGetRootElement(document) ?? Self.addEmptyHTML(to: document)
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
        } root: { document in
            xmlDocGetRootElement(document)
        }
    }

    private func parse(
        _ input: ParserInput, newContext: () -> xmlParserCtxtPtr?,
        read: (xmlParserCtxtPtr, UnsafePointer<CChar>?, Int32) -> xmlDocPtr?,
        root: (xmlDocPtr) -> xmlNodePtr?
    ) throws(MarkupError) -> Outcome {
        guard LibXML2.isReady, let context = newContext() else { throw Self.outOfMemory }
        defer { xmlFreeParserCtxt(context) }
        var budget = NodeBudget(nodes: limits.maximumNodes)
        let document = withUnsafeMutablePointer(to: &budget) { budget in
            NodeBudget.install(budget, in: context)
            return input.bytes.withUnsafeBytes { buffer in
                read(context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
            }
        }
        guard let document = document ?? htmlNewDocNoDtD(nil, nil) else { throw Self.outOfMemory }
        guard let root = root(document) else {
            xmlFreeDoc(document)
            throw MarkupError(code: .noRootElement, cause: "the document has no element")
        }
        return Outcome(
            tree: LibXML2Tree(stealing: document, root: root),
            isTruncated: input.isTruncated || context.pointee.disableSAX != 0,
            isWellFormed: context.pointee.wellFormed != 0)
    }

    private static let outOfMemory = MarkupError(code: .outOfMemory, cause: "libxml2 had no memory for a tree")

    private static func addEmptyHTML(to document: xmlDocPtr) -> xmlNodePtr? {
        guard let root = xmlNewDocNode(document, nil, "html", nil) else { return nil }
        xmlDocSetRootElement(document, root)
        return root
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
        var walk = TreeWalk(from: xmlDocGetRootElement(document).map(NodeID.init))
        while let node = walk.next() {
            guard node.kind == .element else { continue }
            node.pointer.pointee.ns = nil
            var next = node.pointer.pointee.properties
            while let attribute = next {
                attribute.pointee.ns = nil
                next = attribute.pointee.next
            }
        }
    }
}
