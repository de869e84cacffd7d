// Tests on one element as XPath conditions.
extension XPathTranslator {
    func condition(_ test: CSSTest, of compound: CSSCompound) throws(SelectorError) -> String {
        switch test {
        case .id(let id): "@id = \(XPathLiteral.of(id))"
        case .hasClass(let name): "\(HasClassFunction.name)(\(XPathLiteral.of(name)))"
        case .attribute(let test): condition(test)
        case .position(let progression, let end, let siblings):
            position(progression, among: try axis(end, siblings, of: compound))
        case .only(let siblings):
            "parent::* and \(atMost(0, try axis(.start, siblings, of: compound)))"
                + " and \(atMost(0, try axis(.end, siblings, of: compound)))"
        case .root: "not(parent::*)"
        case .empty: "not(*[1]) and not(string-length())"
        case .state(let state): condition(state)
        case .contains(let text): "contains(., \(XPathLiteral.of(text)))"
        case .language(let languages): condition(languages: languages)
        case .any(let compounds): "(\(try alternatives(compounds)))"
        case .none(let compounds): "not(\(try alternatives(compounds)))"
        case .has(let combinators, let selectors): "(\(try has(combinators, selectors)))"
        }
    }

    private func alternatives(_ compounds: [CSSCompound]) throws(SelectorError) -> String {
        var alternatives: [String] = []
        for compound in compounds {
            let (name, conditions) = try test(compound)
            alternatives.append(Self.all(Self.named(name) + conditions))
        }
        return Self.any(alternatives)
    }

    /// Paths forward from the context element, since what is found must be reached from there.
    private func has(
        _ combinators: [CSSComplexSelector.Combinator], _ selectors: [CSSComplexSelector]
    ) throws(SelectorError) -> String {
        var alternatives: [String] = []
        for (combinator, selector) in zip(combinators, selectors) {
            var path = try forward(combinator, selector.first)
            for link in selector.links { path += "/" + (try forward(link.combinator, link.compound)) }
            alternatives.append(path)
        }
        return Self.any(alternatives)
    }

    private func forward(
        _ combinator: CSSComplexSelector.Combinator, _ compound: CSSCompound
    ) throws(SelectorError) -> String {
        let (name, conditions) = try test(compound)
        switch combinator {
        case .descendant: return "descendant::" + name + Self.predicate(conditions)
        case .child: return "child::" + name + Self.predicate(conditions)
        case .laterSibling: return "following-sibling::" + name + Self.predicate(conditions)
        case .nextSibling: return "following-sibling::*[1]" + Self.predicate(Self.named(name) + conditions)
        }
    }

    // MARK: Positions

    private func axis(
        _ end: CSSTest.End, _ siblings: CSSTest.Siblings, of compound: CSSCompound
    ) throws(SelectorError) -> String {
        let axis = end == .start ? "preceding-sibling::" : "following-sibling::"
        guard siblings == .sameName else { return axis + "*" }
        guard compound.name != .any else {
            throw SelectorError(source: source, offset: 0, expected: "an element name before each :…-of-type")
        }
        return axis + elementTest(compound.name)
    }

    /// Whether the number of nodes on the axis, plus one, is in the progression.
    ///
    /// `axis[k]` stops after k nodes, so all but true repetitions take constant time per element.
    private func position(_ progression: ArithmeticProgression, among axis: String) -> String {
        let before = progression.start - 1
        switch progression.step {
        case 0: return before < 0 ? "false()" : Self.all(atLeast(before, axis) + [atMost(before, axis)])
        case 1: return Self.all(atLeast(before, axis))
        case -1: return before < 0 ? "false()" : atMost(before, axis)
        case let step where step > 0:
            let rest = ((before % step) + step) % step
            return Self.all(atLeast(before, axis) + ["count(\(axis)) mod \(step) = \(rest)"])
        case let step:
            if before < 0 { return "false()" }
            return "\(atMost(before, axis)) and (\(before) - count(\(axis))) mod \(-step) = 0"
        }
    }

    private func atLeast(_ count: Int, _ axis: String) -> [String] { count > 0 ? ["\(axis)[\(count)]"] : [] }
    private func atMost(_ count: Int, _ axis: String) -> String { "not(\(axis)[\(count + 1)])" }
}
