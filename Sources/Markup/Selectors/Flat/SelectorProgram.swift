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
            if let direct = program.direct {
                return .nodes(direct.end(from: start, on: tree, names: program.names).map { [$0] } ?? [])
            }
            return try XPathEvaluation.run(program, from: start, on: tree, index: index, steps: steps)
        }
    }

    /// What its elements are found by; lent, as are the texts, for as long as the program lives.
    var keys: UnsafeBufferPointer<IndexKey> {
        switch self {
        case .css(let program): program.keys
        case .xpath(let program): program.keys.buffer
        }
    }

    var literals: UnsafeBufferPointer<UInt8> {
        switch self {
        case .css(let program): program.literals
        case .xpath(let program): program.literals.buffer
        }
    }

    var names: NameList {
        switch self {
        case .css(let program): program.names
        case .xpath(let program): program.names
        }
    }
}
