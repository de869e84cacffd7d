import CLibXML2

/// Counts the nodes of a tree while libxml2 builds it and stops the parser when there are too many.
///
/// It stands between the parser and libxml2's own tree builder: each callback charges what it is about to build.
struct NodeBudget {
    private(set) var remaining: Int
    var isExceeded: Bool { remaining < 0 }

    init(nodes: Int) { remaining = nodes }

    /// Puts the budget between the parser and its tree builder; `budget` must outlive the parse.
    static func install(_ budget: UnsafeMutablePointer<NodeBudget>, in context: xmlParserCtxtPtr) {
        context.pointee._private = UnsafeMutableRawPointer(budget)
        guard let handler = context.pointee.sax else { return }
        handler.pointee.startElement = { context, name, attributes in
            guard NodeBudget.charge(context, nodes: 1 + NodeBudget.count(attributes)) else { return }
            xmlSAX2StartElement(context, name, attributes)
        }
        handler.pointee.comment = { context, text in
            guard NodeBudget.charge(context, nodes: 1) else { return }
            xmlSAX2Comment(context, text)
        }
        handler.pointee.processingInstruction = { context, target, data in
            guard NodeBudget.charge(context, nodes: 1) else { return }
            xmlSAX2ProcessingInstruction(context, target, data)
        }
        handler.pointee.cdataBlock = { context, text, length in
            guard NodeBudget.charge(context, nodes: 1) else { return }
            xmlSAX2CDataBlock(context, text, length)
        }
        if handler.pointee.startElementNs != nil { installNamespaceAware(in: handler) }
    }

    private static func installNamespaceAware(in handler: UnsafeMutablePointer<xmlSAXHandler>) {
        handler.pointee.startElementNs = { context, name, prefix, uri, nsCount, ns, count, defaulted, attributes in
            guard NodeBudget.charge(context, nodes: 1 + Int(nsCount) + Int(count)) else { return }
            xmlSAX2StartElementNs(context, name, prefix, uri, nsCount, ns, count, defaulted, attributes)
        }
    }

    /// Whether there is room; stops the parser when there is not.
    private static func charge(_ context: UnsafeMutableRawPointer?, nodes: Int) -> Bool {
        guard let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self),
            let budget = parser.pointee._private?.assumingMemoryBound(to: NodeBudget.self)
        else { return false }
        if budget.pointee.isExceeded { return false }
        budget.pointee.remaining -= nodes
        if budget.pointee.isExceeded { xmlStopParser(parser) }
        return !budget.pointee.isExceeded
    }

    /// The number of attributes in libxml2's list of alternating names and values.
    private static func count(_ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) -> Int {
        guard let attributes else { return 0 }
        var count = 0
        while attributes[2 * count] != nil { count += 1 }
        return count
    }
}
