/// A selector compiled for ``FlatTree``.
enum SelectorProgram: Sendable {
    case css(CSSProgram)
    case xpath(XPathProgram)

    func evaluate(
        from start: NodeID, on tree: FlatTree, index: PageIndex, steps: Int
    ) throws(OutOfSteps) -> XPathFallback.Value {
        switch self {
        case .css(let program):
            // Nothing is inside an attribute.
            guard !start.isAttribute else { return .nodes([]) }
            let found = try CSSEvaluation.run(program, from: start.index, on: tree, index: index, steps: steps)
            return .nodes(found.map(NodeID.init(raw:)))
        case .xpath(let program):
            return try XPathEvaluation.run(program, from: start, on: tree, index: index, steps: steps)
        }
    }
}
