import Markup

/// A walk over a whole tree by its public face, holding every way to look at a node against the others.
final class TreeCheck {
    private(set) var elements: [MarkupNode] = []
    private var names: [MarkupNode: [String]] = [:]
    private let mayHoldReplacements: Bool

    init(_ document: MarkupDocument, mayHoldReplacements: Bool) throws {
        self.mayHoldReplacements = mayHoldReplacements
        try require(document.root.parent == nil, "the root has a parent")
        var waiting = [document.root]
        names[document.root] = []
        while let node = waiting.popLast() {
            elements.append(node)
            try check(node)
            let children = node.children
            try checkOrder(of: children, in: node)
            let inner = children.filter { $0.kind == .element }
            try require(inner == node.childElements, "childElements differs from children")
            // The names above matter only where a test asks for them; a deep page must not cost the square of its depth.
            let above = names[node] ?? []
            for child in inner { names[child] = above.count < 64 ? above + [node.name] : above }
            waiting.append(contentsOf: inner.reversed())
        }
        try check(text: document.root.text)
        try check(text: document.root.normalizedText)
        try check(text: document.root.blockText())
    }

    /// The names of the elements around a node, the outermost 64.
    func ancestors(of node: MarkupNode) -> [String] { names[node] ?? [] }

    /// Holds a selector against a plain test of every element.
    func compare(_ document: MarkupDocument, css: String, _ isWanted: (MarkupNode) -> Bool) throws {
        try compare(document, try Selector(css: css), isWanted)
    }

    /// Holds a selector against a plain test of every element.
    func compare(_ document: MarkupDocument, xpath: String, _ isWanted: (MarkupNode) -> Bool) throws {
        try compare(document, try Selector(xpath: xpath), isWanted)
    }

    private func compare(
        _ document: MarkupDocument, _ selector: Selector, _ isWanted: (MarkupNode) -> Bool
    ) throws {
        let found: Selection
        do { found = try document.select(selector) } catch {
            return try require(error.code == .selectorTooExpensive, "\(error)")
        }
        let expected = elements.filter(isWanted)
        // Beyond 64 levels the walk does not know all names above.
        guard !names.values.contains(where: { $0.count >= 64 }) else { return }
        try require(
            found.matches == expected,
            "'\(selector.source)' finds \(found.matches.count) elements, a plain walk \(expected.count)")
    }

    private func check(_ node: MarkupNode) throws {
        try check(text: node.name)
        for (name, value) in node.attributes {
            try check(text: name)
            try check(text: value)
        }
        if let first = node.attributes.first {
            try require(node.attribute(first.name) != nil, "the attribute '\(first.name)' is listed and not found")
        }
        _ = (node.classes, node.line)
    }

    private func checkOrder(of children: [MarkupNode], in node: MarkupNode) throws {
        for (index, child) in children.enumerated() {
            try require(child.parent == node, "a child has another parent")
            let next = index + 1 < children.count ? children[index + 1] : nil
            try require(child.nextSibling == next, "nextSibling differs from children")
            try require(child.previousSibling == (index > 0 ? children[index - 1] : nil), "previousSibling differs")
            if child.kind == .text || child.kind == .comment { try check(text: child.text) }
        }
    }

    private func check(text: String) throws {
        guard !mayHoldReplacements else { return }
        try require(
            !text.unicodeScalars.contains("\u{FFFD}"), "text that is no UTF-8: \(text.prefix(80).debugDescription)")
    }
}
