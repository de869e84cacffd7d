extension MarkupNode {
    /// All text inside, as it stands in the tree: XPath's string value.
    ///
    /// For a text, attribute or comment its value.
    public var text: String { text(excluding: []) }

    /// All text inside but what is inside `excluded`, as it stands in the tree.
    public func text(excluding excluded: Set<MarkupNode>) -> String {
        switch kind {
        case .attribute: tree.string(tree.attributes[id.index].value)
        case .text, .comment: tree.string(tree.content(tree.node(id)))
        case .element: StringValue.of(id, in: tree, excluding: excluded.ids)
        case .other: ""
        }
    }

    /// The text in one line: without white space at its ends, each run of white space inside as one space.
    ///
    /// White space is that of HTML and the no-break space.
    public var normalizedText: String { normalizedText(excluding: []) }

    /// The text in one line, without what is inside `excluded`.
    public func normalizedText(excluding excluded: Set<MarkupNode>) -> String {
        guard kind == .element || kind == .text else { return normalizedValue }
        let tree = tree
        var walk = TextWalk(in: tree, from: id, excluding: excluded.ids)
        guard let first = walk.next() else { return "" }
        guard let second = walk.next() else { return CollapsedText.line(of: tree.buffer(first)) }
        var collapsed = CollapsedText()
        collapsed.add(tree.buffer(first))
        collapsed.add(tree.buffer(second))
        while let span = walk.next() { collapsed.add(tree.buffer(span)) }
        return collapsed.string
    }

    /// The text as a reader sees it: a line for each block, an empty line between paragraphs, a line break for each `br`.
    ///
    /// White space is collapsed, except for the line breaks of `pre`; there is never more than one empty line in a row.
    /// Scripts, style sheets and what is inside `excluded` are left out.
    public func blockText(excluding excluded: Set<MarkupNode> = []) -> String {
        guard kind == .element || kind == .text else { return normalizedValue }
        return BlockText.of(id, in: tree, excluding: excluded.ids)
    }

    /// The value of an attribute or comment in one line.
    private var normalizedValue: String {
        let tree = tree
        return switch kind {
        case .attribute: CollapsedText.line(of: tree.buffer(tree.attributes[id.index].value))
        case .text, .comment: CollapsedText.line(of: tree.buffer(tree.content(tree.node(id))))
        case .element, .other: ""
        }
    }
}

extension Set<MarkupNode> {
    var ids: Set<NodeID> { isEmpty ? [] : Set<NodeID>(lazy.map(\.id)) }
}
