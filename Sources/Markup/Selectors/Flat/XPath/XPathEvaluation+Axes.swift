// Axes and node tests.
extension XPathEvaluation {
    /// Visits the nodes of an axis from a node, in the order of the axis, until `body` says false.
    @inline(__always)
    func walk(
        _ axis: XPathProgram.Axis, from start: Int32, _ body: (Int32) throws(OutOfSteps) -> Bool
    ) throws(OutOfSteps) {
        let isAttribute = start < 0
        let owner = isAttribute ? tree.attributes[Int(~start)].owner : start
        let node = Int(owner)
        switch axis {
        case .selfNode: _ = try body(start)
        case .attribute:
            guard !isAttribute, tree.isElement(node) else { return }
            let first = Int32(truncatingIfNeeded: tree.nodes[node].first)
            let end = first + Int32(truncatingIfNeeded: tree.nodes[node].count)
            var attribute = first
            while attribute < end, try body(~attribute) { attribute += 1 }
        case .parent:
            let parent = isAttribute ? owner : tree.nodes[node].parent
            if parent >= 0 { _ = try body(parent) }
        case .ancestor, .ancestorOrSelf:
            if axis == .ancestorOrSelf { guard try body(start) else { return } }
            var next = isAttribute ? owner : tree.nodes[node].parent
            while next >= 0, try body(next) { next = tree.nodes[Int(next)].parent }
        case .child:
            guard !isAttribute else { return }
            let end = tree.nodes[node].end
            var next = owner + 1
            while next < end, try body(next) { next = tree.nodes[Int(next)].end }
        case .descendant, .descendantOrSelf:
            if axis == .descendantOrSelf { guard try body(start) else { return } }
            guard !isAttribute else { return }
            let end = tree.nodes[node].end
            var next = owner + 1
            while next < end, try body(next) { next += 1 }
        case .followingSibling:
            guard !isAttribute, tree.nodes[node].parent >= 0 else { return }
            let end = tree.nodes[tree.parent(node)].end
            var next = tree.nodes[node].end
            while next < end, try body(next) { next = tree.nodes[Int(next)].end }
        case .precedingSibling:
            guard !isAttribute else { return }
            var next = tree.nodes[node].previous
            while next >= 0, try body(next) { next = tree.nodes[Int(next)].previous }
        case .following:
            // From an attribute as from its element, as libxml2 has it.
            let end = Int32(truncatingIfNeeded: tree.nodeCount)
            var next = tree.nodes[node].end
            while next < end, try body(next) { next += 1 }
        case .preceding:
            var next = owner - 1
            while next > 0 {
                // A node that reaches beyond is around the start.
                if tree.nodes[Int(next)].end <= owner { guard try body(next) else { return } }
                next -= 1
            }
        }
    }

    @inline(__always)
    func passes(_ node: Int32, _ step: XPathProgram.Step, name: NameTable.ID) -> Bool {
        if node < 0 {
            switch step.test {
            case .name: step.axis == .attribute && tree.attributes[Int(~node)].name == name
            case .any: step.axis == .attribute
            case .node: true
            case .text, .comment, .instruction, .namedInstruction: false
            }
        } else {
            switch step.test {
            case .name:
                tree.nodes[Int(node)].kind == .element && tree.nodes[Int(node)].name == name
                    && step.axis != .attribute
            case .any: tree.nodes[Int(node)].kind == .element && step.axis != .attribute
            case .node: true
            case .text: tree.nodes[Int(node)].isText
            case .comment: tree.nodes[Int(node)].kind == .comment
            case .instruction: tree.nodes[Int(node)].kind == .instruction
            case .namedInstruction:
                tree.nodes[Int(node)].kind == .instruction && tree.nodes[Int(node)].name == name
            }
        }
    }
}

extension XPathProgram.Axis {
    /// Whether the axis goes against the document order.
    var isReverse: Bool {
        switch self {
        case .parent, .ancestor, .ancestorOrSelf, .precedingSibling, .preceding: true
        default: false
        }
    }
}
