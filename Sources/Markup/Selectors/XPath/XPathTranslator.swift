/// Writes a CSS selector as an XPath 1.0 expression.
///
/// The expression scans once from the starting node and checks each element backwards: `div p` becomes
/// `descendant-or-self::p[ancestor::div[in-scope()]]`. The straightforward `//div//p` collects each `p` once for every `div`
/// around it and libxml2 then removes the doubles in quadratic time. `in-scope()` holds for the starting node and what is
/// inside; without it `div p` would accept a `div` around the starting node, which parsel does not.
struct XPathTranslator {
    let language: Selector.Language
    let source: String

    /// The XPath for a selector list; one scan for all selectors that take the same thing of their elements.
    func translate(_ list: CSSSelectorList) throws(SelectorError) -> String {
        var groups: [(CSSComplexSelector.PseudoElement?, [CSSComplexSelector])] = []
        for selector in list.selectors {
            if let index = groups.firstIndex(where: { $0.0 == selector.pseudoElement }) {
                groups[index].1.append(selector)
            } else {
                groups.append((selector.pseudoElement, [selector]))
            }
        }
        var scans: [String] = []
        for (pseudoElement, selectors) in groups { scans.append(try scan(selectors) + step(pseudoElement)) }
        return scans.joined(separator: " | ")
    }

    private func step(_ pseudoElement: CSSComplexSelector.PseudoElement?) -> String {
        switch pseudoElement {
        case nil: ""
        case .text: "/text()"
        case .attribute(let name): "/@" + nodeTest(name, axis: "attribute::*", selfCheck: "name()")
        }
    }

    private func scan(_ selectors: [CSSComplexSelector]) throws(SelectorError) -> String {
        if selectors.count == 1, let only = selectors.first {
            let (name, conditions) = try lastElement(of: only)
            return "descendant-or-self::" + name + Self.predicate(conditions)
        }
        var alternatives: [String] = []
        for selector in selectors {
            let (name, conditions) = try lastElement(of: selector)
            alternatives.append(Self.all(Self.named(name) + conditions))
        }
        return "descendant-or-self::*" + Self.predicate([Self.any(alternatives)])
    }

    /// The node test and conditions that the element found must pass, the elements before it included.
    private func lastElement(of selector: CSSComplexSelector) throws(SelectorError) -> (String, [String]) {
        var element = try test(selector.first)
        if selector.isScoped {
            element.conditions.insert("is-scope()", at: 0)
        } else if !selector.links.isEmpty {
            element.conditions.append("in-scope()")
        }
        for (index, link) in selector.links.enumerated() {
            let isLast = index == selector.links.count - 1
            // As parsel: in `div ::text` and `div ::attr(x)` the div counts as well.
            let takesSelf = isLast && selector.pseudoElement != nil && link.compound.isUniversal
            let before = Self.back(link.combinator, to: element, orSelf: takesSelf)
            element = try test(link.compound)
            element.conditions.append(before)
        }
        return (element.name, element.conditions)
    }

    private static func back(
        _ combinator: CSSComplexSelector.Combinator, to element: (name: String, conditions: [String]), orSelf: Bool
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
    /// A node test for the name, and conditions for the rest.
    func test(_ compound: CSSCompound) throws(SelectorError) -> (name: String, conditions: [String]) {
        var conditions: [String] = []
        for test in compound.tests { conditions.append(try condition(test, of: compound)) }
        return (elementTest(compound.name), conditions)
    }

    func elementTest(_ name: CSSCompound.ElementName) -> String {
        switch name {
        case .any: "*"
        case .named(let name): nodeTest(name, axis: "*", selfCheck: "name()")
        case .prefixed(let prefix, let name): "*[name() = \(XPathLiteral.of("\(prefix):\(name)"))]"
        }
    }

    /// The name itself if XPath can write it, else a comparison with it.
    func nodeTest(_ name: String, axis: String, selfCheck: String) -> String {
        let isPlain = name.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F }
        let startsPlain = name.utf8.first.map { $0.isASCIILetter || $0 == 0x5F } ?? false
        if isPlain, startsPlain { return name }
        return axis.replacingAttributeAxis + "[\(selfCheck) = \(XPathLiteral.of(name))]"
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

extension String {
    /// After `@` only the star of `attribute::*` is left to write.
    fileprivate var replacingAttributeAxis: String { self == "attribute::*" ? "*" : self }
}
