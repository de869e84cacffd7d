/// A path that leads from a node to itself or to one of its attributes, such as `self::a/@href`: the commonest in records, and answered without a list.
struct DirectPath: Sendable {
    private enum Test { case element(NameReference), attribute(NameReference) }

    private let tests: [Test]

    /// Nil for all other expressions.
    init?(_ draft: borrowing XPathDraft, result: Int32) {
        let operation = draft.operations[Int(result)]
        guard operation.kind == .path, operation.first == XPathProgram.context, operation.count > 0 else { return nil }
        var tests: [Test] = []
        for (place, step) in draft.steps[Int(operation.second)..<Int(operation.second + operation.count)].enumerated() {
            guard step.predicateCount == 0, step.test == .name, !step.name.isAny else { return nil }
            switch step.axis {
            case .selfNode: tests.append(.element(step.name))
            case .attribute where place == operation.count - 1: tests.append(.attribute(step.name))
            default: return nil
            }
        }
        self.tests = tests
    }

    /// What the path leads to; nil when it leads nowhere.
    func end(from start: NodeID, on tree: FlatTree, names: NameList) -> NodeID? {
        guard !start.isAttribute, tree.nodes[start.index].kind == .element else { return nil }
        let node = tree.nodes[start.index]
        for test in tests {
            switch test {
            case .element(let name):
                guard node.name == names.number(name, on: tree.names) else { return nil }
            case .attribute(let name):
                guard let number = names.number(name, on: tree.names) else { return nil }
                return tree.attributeRange(node).first { tree.attributes[$0].name == number }
                    .map { NodeID(attribute: $0) }
            }
        }
        return start
    }
}
