/// Answers selectors by libxml2 on a tree beside the flat one.
final class XPathFallback {
    enum Value {
        case nodes([NodeID])
        case string(String)
        case number(Double)
        case bool(Bool)
    }

    let mirror: LibXML2Mirror
    private let evaluator: XPathEvaluator

    init(_ mirror: LibXML2Mirror, limits: MarkupLimits) {
        self.mirror = mirror
        evaluator = XPathEvaluator(document: mirror.tree.pointer, maximumSteps: limits.maximumSelectorSteps)
    }

    func evaluate(_ selector: Selector, from start: NodeID, in tree: FlatTree) throws(MarkupError) -> Value {
        guard let start = mirror.pointer(start, in: tree) else { throw .noMemory }
        let found = try evaluator.evaluate(selector.expression, from: start, source: selector.source)
        switch found {
        case .nodes(let nodes): return .nodes(nodes.compactMap(mirror.id))
        case .string(let text): return .string(text)
        case .number(let number): return .number(number)
        case .bool(let bool): return .bool(bool)
        }
    }
}
