// Elements found by an index, and `:has()`.
extension CSSMatcher {
    /// The shortest list of elements in a range among which all that pass a compound are; nil where only looking at all will
    /// do.
    func candidates(_ compound: CSSProgram.Compound, in range: Range<Int>) -> ArraySlice<Int32>? {
        index.candidates(
            program.keys, from: compound.firstKey, count: compound.keyCount, literals: program.literals,
            names: program.names, in: range)
    }

    /// The elements among which all that match are.
    func candidates(_ selector: CSSProgram.Selector, in range: Range<Int>) -> ArraySlice<Int32>? {
        candidates(program.compounds[Int(selector.firstCompound)], in: range)
    }

    /// Whether something that stands to the element as the selector says matches it.
    mutating func has(_ element: Int, _ selector: CSSProgram.Selector) throws(OutOfSteps) -> Bool {
        let end = tree.end(element)
        let (range, relation) = self.range(element, selector.anchor)
        let anchor = Anchor(
            relation: relation, node: element, lowest: relation == .inside || relation == .child ? element + 1 : end)
        guard !range.isEmpty else { return false }
        try budget.charge(1)
        if let candidates = candidates(selector, in: range) {
            for candidate in candidates where try matches(Int(candidate), selector, anchor: anchor) { return true }
            return false
        }
        for node in range where tree.isElement(node) {
            if try matches(node, selector, anchor: anchor) { return true }
        }
        return false
    }

    /// Where the element that the rightmost compound finds can be.
    private func range(
        _ element: Int, _ combinator: CSSProgram.Combinator
    ) -> (Range<Int>, Anchor.Relation) {
        let end = tree.end(element)
        let parent = tree.parent(element)
        let behind = end..<max(end, parent >= 0 ? tree.end(parent) : end)
        switch combinator {
        case .descendant: return (element + 1..<max(element + 1, end), .inside)
        case .child: return (element + 1..<max(element + 1, end), .child)
        case .nextSibling: return (behind, .nextSibling)
        case .laterSibling: return (behind, .laterSibling)
        }
    }
}
