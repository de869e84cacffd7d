import CLibXML2

/// Evaluates expressions on one document within a number of steps.
final class XPathEvaluator {
    enum Value {
        case nodes([xmlNodePtr])
        case string(String)
        case number(Double)
        case bool(Bool)
    }

    private let document: xmlDocPtr
    private let maximumSteps: Int
    private lazy var context: xmlXPathContextPtr? = makeContext()

    /// Works on a document that outlives the evaluator.
    init(document: xmlDocPtr, maximumSteps: Int) {
        self.document = document
        self.maximumSteps = maximumSteps
    }

    deinit { if let context { xmlXPathFreeContext(context) } }

    private func makeContext() -> xmlXPathContextPtr? {
        guard let context = xmlXPathNewContext(document) else { return nil }
        context.pointee.error = LibXML2.ignoreError
        context.pointee.opLimit = UInt(max(1, maximumSteps))
        xmlXPathContextSetCache(context, 1, -1, 0)
        HasClassFunction.register(in: context)
        ScopeFunctions.register(in: context)
        return context
    }

    func evaluate(_ expression: XPathExpression, from start: xmlNodePtr, source: String) throws(MarkupError) -> Value {
        guard let context else { throw MarkupError(code: .outOfMemory, cause: source) }
        return try expression.withCompiled { compiled throws(MarkupError) in
            guard let compiled else { throw MarkupError(code: .outOfMemory, cause: source) }
            context.pointee.node = start
            context.pointee.user = UnsafeMutableRawPointer(start)
            context.pointee.opCount = 0
            xmlResetError(&context.pointee.lastError)
            guard let object = xmlXPathCompiledEval(compiled, context) else {
                throw Self.error(context.pointee.lastError, source: source)
            }
            defer { xmlXPathFreeObject(object) }
            return Self.value(of: object)
        }
    }

    private static func value(of object: xmlXPathObjectPtr) -> Value {
        switch object.pointee.type {
        case XPATH_NODESET: .nodes(nodes(of: object.pointee.nodesetval))
        case XPATH_NUMBER: .number(object.pointee.floatval)
        case XPATH_BOOLEAN: .bool(object.pointee.boolval != 0)
        default: .string(String(copying: object.pointee.stringval))
        }
    }

    /// Leaves out namespace nodes, which are freed with the result, and the document, which is no node of ours.
    private static func nodes(of set: xmlNodeSetPtr?) -> [xmlNodePtr] {
        guard let set, let table = set.pointee.nodeTab else { return [] }
        var found: [xmlNodePtr] = []
        found.reserveCapacity(Int(set.pointee.nodeNr))
        for index in 0..<Int(set.pointee.nodeNr) {
            guard let node = table[index] else { continue }
            switch node.pointee.type {
            case XML_NAMESPACE_DECL, XML_DOCUMENT_NODE, XML_HTML_DOCUMENT_NODE: continue
            default: found.append(node)
            }
        }
        return found
    }

    private static func error(_ error: xmlError, source: String) -> MarkupError {
        let base = Int32(XML_XPATH_EXPRESSION_OK.rawValue)
        switch error.code - base {
        case Int32(XPATH_OP_LIMIT_EXCEEDED.rawValue), Int32(XPATH_RECURSION_LIMIT_EXCEEDED.rawValue):
            return MarkupError(code: .selectorTooExpensive, cause: "\(source): too many steps on this page")
        case Int32(XPATH_MEMORY_ERROR.rawValue):
            return MarkupError(code: .outOfMemory, cause: source)
        default:
            let said = error.message.map { String(String(cString: $0).prefix { !$0.isNewline }) }
            return MarkupError(code: .selectorFailed, cause: "\(source): \(said ?? "error \(error.code)")")
        }
    }
}
