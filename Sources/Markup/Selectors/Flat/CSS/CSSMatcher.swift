/// Matches compiled CSS selectors against elements, from right to left as browsers do.
///
/// What a failed match says about other elements is passed on, so that a chain of combinators never takes time exponential
/// in its length.
struct CSSMatcher {
    /// How a match from an element to the left ended.
    enum Outcome {
        case matched
        /// Another element to the left may still match.
        case failed
        /// No sibling to the left will match either.
        case failedForSiblings
        /// Nothing further up will match either.
        case failedForAll
    }

    /// What the leftmost compound must be to the element or node a selector is evaluated for.
    struct Anchor {
        enum Relation { case inside, node, child, nextSibling, laterSibling }

        let relation: Relation
        let node: Int
        /// Elements before this one can be no part of a match.
        let lowest: Int
    }

    let tree: TreeView
    let index: PageIndex
    let program: Program
    var budget: StepBudget
    var textSearch = TextSearch()

    /// The arrays of a ``CSSProgram``, lent.
    struct Program {
        let selectors: UnsafeBufferPointer<CSSProgram.Selector>
        let compounds: UnsafeBufferPointer<CSSProgram.Compound>
        let tests: UnsafeBufferPointer<CSSProgram.Test>
        let keys: UnsafeBufferPointer<IndexKey>
        let languages: UnsafeBufferPointer<ByteSpan>
        let literals: Literals
        let names: BoundNames

        init(_ program: CSSProgram, on tree: FlatTree) {
            selectors = program.selectors
            compounds = program.compounds
            tests = program.tests
            keys = program.keys
            languages = program.languages
            literals = Literals(program.literals)
            names = program.names.bind(to: tree.names)
        }
    }

    // MARK: Complex selectors

    /// Whether an element is what the rightmost compound finds.
    @inline(__always)
    mutating func matches(
        _ element: Int, _ selector: CSSProgram.Selector, anchor: Anchor
    ) throws(OutOfSteps) -> Bool {
        let last = Int(selector.firstCompound + selector.compoundCount) - 1
        return try match(element, Int(selector.firstCompound), last: last, anchor) == .matched
    }

    /// Matches an element and those to the left against the compounds from `compound` to `last`.
    mutating func match(
        _ element: Int, _ compound: Int, last: Int, _ anchor: Anchor
    ) throws(OutOfSteps) -> Outcome {
        guard try passes(element, program.compounds[compound]) else { return .failed }
        guard compound < last else { return try isAnchored(element, anchor) ? .matched : .failed }
        switch program.compounds[compound].combinator {
        case .descendant: return try matchAncestor(tree.parent(element), compound + 1, last: last, anchor)
        case .child:
            let parent = tree.parent(element)
            guard parent >= anchor.lowest, parent > 0 else { return .failedForAll }
            let outcome = try match(parent, compound + 1, last: last, anchor)
            return outcome == .matched || outcome == .failedForAll ? outcome : .failedForSiblings
        case .nextSibling:
            let previous = try previousElement(element)
            guard previous >= anchor.lowest else { return .failedForSiblings }
            return try match(previous, compound + 1, last: last, anchor)
        case .laterSibling:
            var previous = try previousElement(element)
            while previous >= anchor.lowest, previous > 0 {
                let outcome = try match(previous, compound + 1, last: last, anchor)
                guard outcome == .failed else { return outcome }
                previous = try previousElement(previous)
            }
            return .failedForSiblings
        }
    }

    /// Matches an element or one of those around it.
    mutating func matchAncestor(
        _ start: Int, _ compound: Int, last: Int, _ anchor: Anchor
    ) throws(OutOfSteps) -> Outcome {
        var element = start
        while element >= anchor.lowest, element > 0 {
            let outcome = try match(element, compound, last: last, anchor)
            if outcome == .matched || outcome == .failedForAll { return outcome }
            element = tree.parent(element)
        }
        return .failedForAll
    }

    @inline(__always)
    private mutating func isAnchored(_ element: Int, _ anchor: Anchor) throws(OutOfSteps) -> Bool {
        switch anchor.relation {
        case .inside: element >= anchor.lowest
        case .node: element == anchor.node
        case .child: tree.parent(element) == anchor.node
        case .nextSibling: try previousElement(element) == anchor.node
        case .laterSibling: tree.parent(element) == tree.parent(anchor.node)
        }
    }

    // MARK: Steps

    /// Counts the steps of looking through the attributes of an element; none for as many as real ones have.
    @inline(__always)
    mutating func chargeAttributes(of element: Int) throws(OutOfSteps) {
        try budget.charge(Int(tree.nodes[element].count) >> 4)
    }

    /// The element before a node within the same parent; -1 where there is none.
    @inline(__always)
    mutating func previousElement(_ node: Int) throws(OutOfSteps) -> Int {
        var previous = Int(tree.nodes[node].previous)
        while previous >= 0, !tree.isElement(previous) {
            try budget.charge(1)
            previous = Int(tree.nodes[previous].previous)
        }
        return previous
    }

    // MARK: Compounds

    @inline(__always)
    mutating func passes(_ element: Int, _ compound: CSSProgram.Compound) throws(OutOfSteps) -> Bool {
        try budget.charge(1)
        if !compound.name.isAny, program.names.number(compound.name) != tree.nodes[element].name { return false }
        if compound.testCount > 0 { try chargeAttributes(of: element) }
        var test = Int(compound.firstTest)
        let end = test + Int(compound.testCount)
        while test < end {
            guard try passes(element, program.tests[test]) else { return false }
            test += 1
        }
        return true
    }

    /// Whether an element passes one of several compounds.
    mutating func passesAny(_ element: Int, of test: CSSProgram.Test) throws(OutOfSteps) -> Bool {
        for compound in Int(test.first)..<Int(test.first + test.count)
        where try passes(element, program.compounds[compound]) { return true }
        return false
    }
}
