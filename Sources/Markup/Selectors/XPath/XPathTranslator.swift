/// Writes a CSS selector as an XPath 1.0 expression.
///
/// The expression scans once from the starting node and checks each element backwards: `div p` becomes
/// `descendant-or-self::p[ancestor::div[in-scope()]]`. The straightforward `//div//p` collects each `p` once for every `div`
/// around it and libxml2 then removes the doubles in quadratic time. `in-scope()` holds for the starting node and what is
/// inside; without it `div p` would accept a `div` around the starting node, which parsel does not.
struct XPathTranslator {
    let program: CSSProgram
    let language: Selector.Language

    init(_ program: CSSProgram, language: Selector.Language) {
        self.program = program
        self.language = language
    }

    /// The XPath for the selector list; one scan for all selectors that take the same thing of their elements.
    func translate() -> String {
        var groups: [(CSSProgram.PseudoElement, [CSSProgram.Selector])] = []
        for selector in program.selectors where selector.isListed {
            if let index = groups.firstIndex(where: { $0.0 == selector.pseudoElement }) {
                groups[index].1.append(selector)
            } else {
                groups.append((selector.pseudoElement, [selector]))
            }
        }
        return groups.map { scan($0.1) + step($0.0) }.joined(separator: " | ")
    }

    private func step(_ pseudoElement: CSSProgram.PseudoElement) -> String {
        switch pseudoElement {
        case .none: ""
        case .text: "/text()"
        case .attribute(let name): "/" + attribute(name)
        }
    }

    private func scan(_ selectors: [CSSProgram.Selector]) -> String {
        if selectors.count == 1, let only = selectors.first {
            let (name, conditions) = lastElement(of: only)
            return "descendant-or-self::" + name + Self.predicate(conditions)
        }
        let alternatives = selectors.map { selector in
            let (name, conditions) = lastElement(of: selector)
            return Self.all(Self.named(name) + conditions)
        }
        return "descendant-or-self::*" + Self.predicate([Self.any(alternatives)])
    }

    /// The node test and conditions that the element found must pass, the elements before it included.
    private func lastElement(of selector: CSSProgram.Selector) -> (String, [String]) {
        let compounds = compounds(of: selector)
        guard let first = compounds.first else { return ("*", []) }
        var element = test(first)
        if selector.isScoped {
            element.conditions.insert("is-scope()", at: 0)
        } else if compounds.count > 1 {
            element.conditions.append("in-scope()")
        }
        for (index, compound) in compounds.enumerated().dropFirst() {
            // As parsel: in `div ::text` and `div ::attr(x)` the div counts as well.
            let takesSelf = selector.takesSelf && index == compounds.count - 1
            let before = Self.back(compound.combinator, to: element, orSelf: takesSelf)
            element = test(compound)
            element.conditions.append(before)
        }
        return (element.name, element.conditions)
    }

    private static func back(
        _ combinator: CSSProgram.Combinator, to element: (name: String, conditions: [String]), orSelf: Bool
    ) -> String {
        let rest = predicate(element.conditions)
        switch combinator {
        case .descendant: return (orSelf ? "ancestor-or-self::" : "ancestor::") + element.name + rest
        case .child: return "parent::" + element.name + rest
        case .laterSibling: return "preceding-sibling::" + element.name + rest
        case .nextSibling: return "preceding-sibling::*[1]" + predicate(named(element.name) + element.conditions)
        }
    }
}

// MARK: Parts

extension XPathTranslator {
    /// From left to right.
    func compounds(of selector: CSSProgram.Selector) -> ReversedCollection<
        Slice<UnsafeBufferPointer<CSSProgram.Compound>>
    > {
        program.compounds[Int(selector.firstCompound)..<Int(selector.firstCompound + selector.compoundCount)].reversed()
    }

    /// A node test for the name, and conditions for the rest.
    func test(_ compound: CSSProgram.Compound) -> (name: String, conditions: [String]) {
        (elementTest(compound.name), program.tests[compound.testRange].map { condition($0, of: compound) })
    }

    func elementTest(_ name: NameReference) -> String {
        name.isAny ? "*" : nodeTest(program.names.string(name))
    }

    func attribute(_ name: NameReference) -> String { "@" + nodeTest(program.names.string(name)) }

    func literal(_ span: ByteSpan) -> String {
        String(decoding: program.literals[span.range], as: UTF8.self)
    }

    /// The name itself if XPath can write it, else, as for one with a prefix, a comparison with it.
    private func nodeTest(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F }
        let startsPlain = name.utf8.first.map { $0.isASCIILetter || $0 == 0x5F } ?? false
        return isPlain && startsPlain ? name : "*[name() = \(XPathLiteral.of(name))]"
    }

    /// The condition that the context element has this name; none for any name.
    static func named(_ nodeTest: String) -> [String] { nodeTest == "*" ? [] : ["self::" + nodeTest] }

    static func predicate(_ conditions: [String]) -> String {
        conditions.isEmpty ? "" : "[\(all(conditions))]"
    }

    static func all(_ conditions: [String]) -> String {
        conditions.isEmpty ? "true()" : conditions.joined(separator: " and ")
    }

    static func any(_ alternatives: [String]) -> String {
        if alternatives.count == 1, let only = alternatives.first { return only }
        return alternatives.map { "(\($0))" }.joined(separator: " or ")
    }
}
