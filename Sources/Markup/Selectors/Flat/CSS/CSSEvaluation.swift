/// Answers a CSS selector from a node.
struct CSSEvaluation {
    private let tree: TreeView
    private let program: CSSProgram
    private var matcher: CSSMatcher
    /// The starting node and what is inside.
    private let range: Range<Int>

    /// The nodes found, in document order.
    static func run(
        _ program: CSSProgram, from start: Int, on tree: FlatTree, index: PageIndex, steps: Int
    ) throws(OutOfSteps) -> [Int32] {
        try tree.withView { (view) throws(OutOfSteps) in
            defer { withExtendedLifetime(program) {} }
            var evaluation = CSSEvaluation(
                tree: view, program: program,
                matcher: CSSMatcher(
                    tree: view, index: index, program: .init(program, on: tree), budget: StepBudget(steps: steps)),
                range: start..<max(start + 1, view.end(start)))
            return try evaluation.run()
        }
    }

    private mutating func run() throws(OutOfSteps) -> [Int32] {
        var found: [Int32] = []
        for selector in program.selectors where selector.isListed { try collect(selector, into: &found) }
        NodeOrder.normalize(&found, in: tree)
        return found
    }

    private mutating func collect(
        _ selector: CSSProgram.Selector, into found: inout [Int32]
    ) throws(OutOfSteps) {
        if selector.takesSelf { return try collectInside(selector, into: &found) }
        let anchor = anchor(selector)
        switch narrowed(selector) {
        case .nowhere: return
        case .inside(let places):
            var end = 0
            for place in places where Int(place) >= end {
                end = tree.end(Int(place))
                try collect(selector, anchor, in: Int(place) + 1..<max(Int(place) + 1, end), into: &found)
            }
        case .anywhere: try collect(selector, anchor, in: range, into: &found)
        }
    }

    private mutating func collect(
        _ selector: CSSProgram.Selector, _ anchor: CSSMatcher.Anchor, in range: Range<Int>, into found: inout [Int32]
    ) throws(OutOfSteps) {
        if let candidates = matcher.candidates(selector, in: range) {
            for candidate in candidates where try matcher.matches(Int(candidate), selector, anchor: anchor) {
                take(selector.pseudoElement, of: Int(candidate), into: &found)
            }
            return
        }
        for node in range where tree.isElement(node) {
            if try matcher.matches(node, selector, anchor: anchor) {
                take(selector.pseudoElement, of: node, into: &found)
            }
        }
    }

    /// Where a selector can match at all.
    private enum Places {
        case nowhere, anywhere
        case inside(ArraySlice<Int32>)
    }

    /// Looks at the compounds to the left: one that no element passes rules the selector out, one that few can pass says
    /// inside which elements to look.
    private func narrowed(_ selector: CSSProgram.Selector) -> Places {
        let first = Int(selector.firstCompound)
        var isAround = true
        var fewest: ArraySlice<Int32>?
        for number in first + 1..<max(first + 1, first + Int(selector.compoundCount)) {
            let combinator = program.compounds[number - 1].combinator
            isAround = isAround && (combinator == .descendant || combinator == .child)
            let compound = program.compounds[number]
            guard compound.keyCount > 0, let list = matcher.candidates(compound, in: range) else { continue }
            if list.isEmpty { return .nowhere }
            if isAround, list.count <= 8, list.count < fewest?.count ?? .max { fewest = list }
        }
        return fewest.map(Places.inside) ?? .anywhere
    }

    private func anchor(_ selector: CSSProgram.Selector) -> CSSMatcher.Anchor {
        let start = range.lowerBound
        return CSSMatcher.Anchor(relation: selector.isScoped ? .node : .inside, node: start, lowest: start)
    }

    /// For `… ::text` and such: everything at or inside an element that the compounds before `::text` find.
    private mutating func collectInside(
        _ selector: CSSProgram.Selector, into found: inout [Int32]
    ) throws(OutOfSteps) {
        let anchor = anchor(selector)
        let second = Int(selector.firstCompound) + 1
        let last = Int(selector.firstCompound + selector.compoundCount) - 1
        var node = range.lowerBound
        while node < range.upperBound {
            guard tree.isElement(node), try matcher.match(node, second, last: last, anchor) == .matched else {
                node += 1
                continue
            }
            let end = tree.end(node)
            try matcher.budget.charge(end - node)
            while node < end {
                if tree.isElement(node) { take(selector.pseudoElement, of: node, into: &found) }
                node += 1
            }
        }
    }

    private func take(_ pseudo: CSSProgram.PseudoElement, of element: Int, into found: inout [Int32]) {
        switch pseudo {
        case .none: found.append(Int32(truncatingIfNeeded: element))
        case .text:
            let end = tree.end(element)
            var child = element + 1
            while child < end {
                if tree.nodes[child].isText { found.append(Int32(truncatingIfNeeded: child)) }
                child = tree.end(child)
            }
        case .attribute(let name):
            let index = tree.attribute(matcher.program.names.number(name), of: element)
            if index >= 0 { found.append(~Int32(truncatingIfNeeded: index)) }
        }
    }
}
