// Tests on one element as XPath conditions.
extension XPathTranslator {
    func condition(_ test: CSSProgram.Test, of compound: CSSProgram.Compound) -> String {
        switch test.kind {
        case .id: "@id = \(XPathLiteral.of(literal(test.literal)))"
        case .hasClass: "\(HasClassFunction.name)(\(XPathLiteral.of(literal(test.literal))))"
        case .attribute: attribute(test.name)
        case .equals, .differs, .includesWord, .dashPrefix, .prefix, .suffix, .substring: attributeCondition(test)
        case .position:
            position(
                ArithmeticProgression(step: Int(test.first), start: Int(test.count)),
                among: axis(fromEnd: test.fromEnd, test, of: compound))
        case .only:
            "parent::* and \(atMost(0, axis(fromEnd: false, test, of: compound)))"
                + " and \(atMost(0, axis(fromEnd: true, test, of: compound)))"
        case .root: "not(parent::*)"
        case .empty: "not(*[1]) and not(string-length())"
        case .never: "false()"
        case .checked, .disabled, .enabled, .link: state(test.kind)
        case .contains: "contains(., \(XPathLiteral.of(literal(test.literal))))"
        case .language: languages(test)
        case .any: "(\(alternatives(test)))"
        case .none: "not(\(alternatives(test)))"
        case .has: "(\(has(program.selectors[Int(test.first)])))"
        }
    }

    private func alternatives(_ test: CSSProgram.Test) -> String {
        let alternatives = program.compounds[test.range].map { compound in
            let (name, conditions) = self.test(compound)
            return Self.all(Self.named(name) + conditions)
        }
        return Self.any(alternatives)
    }

    /// A path forward from the context element, since what is found must be reached from there.
    private func has(_ selector: CSSProgram.Selector) -> String {
        let compounds = compounds(of: selector)
        let steps = compounds.enumerated().map { index, compound in
            forward(index == 0 ? selector.anchor : compound.combinator, compound)
        }
        return steps.joined(separator: "/")
    }

    private func forward(_ combinator: CSSProgram.Combinator, _ compound: CSSProgram.Compound) -> String {
        let (name, conditions) = test(compound)
        switch combinator {
        case .descendant: return "descendant::" + name + Self.predicate(conditions)
        case .child: return "child::" + name + Self.predicate(conditions)
        case .laterSibling: return "following-sibling::" + name + Self.predicate(conditions)
        case .nextSibling: return "following-sibling::*[1]" + Self.predicate(Self.named(name) + conditions)
        }
    }

    // MARK: Positions

    private func axis(fromEnd: Bool, _ test: CSSProgram.Test, of compound: CSSProgram.Compound) -> String {
        let axis = fromEnd ? "following-sibling::" : "preceding-sibling::"
        return axis + (test.sameName ? elementTest(compound.name) : "*")
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
