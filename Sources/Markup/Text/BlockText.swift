/// Writes an element's text with the line breaks that a reader of the page sees.
struct BlockText {
    private enum Layout {
        case inline, block, paragraph, lineBreak, cell, preformatted, hidden
    }

    private let tree: FlatTree
    private var text = CollapsedText()
    private var preformattedDepth = 0
    /// Elements that were entered and not left yet.
    private var open: [Int] = []

    static func of(_ node: NodeID, in tree: FlatTree, excluding excluded: Set<NodeID>) -> String {
        var writer = BlockText(tree: tree)
        writer.write(node.index..<Int(tree.nodes[node.index].end), excluding: excluded)
        return writer.text.string
    }

    private init(tree: FlatTree) { self.tree = tree }

    private mutating func write(_ nodes: Range<Int>, excluding excluded: Set<NodeID>) {
        var position = nodes.lowerBound
        while position < nodes.upperBound {
            while let last = open.last, tree.nodes[last].end <= position { leaveLast() }
            let isHidden = !excluded.isEmpty && excluded.contains(NodeID(position)) || !enter(position)
            position = isHidden ? Int(tree.nodes[position].end) : position + 1
        }
        while !open.isEmpty { leaveLast() }
    }

    /// Writes what stands at the start of a node; false when nothing inside it counts.
    private mutating func enter(_ position: Int) -> Bool {
        let node = tree.nodes[position]
        if node.isText {
            text.add(tree.buffer(tree.content(node)), keepingLines: preformattedDepth > 0)
        } else if node.kind == .element {
            let layout = Self.layout(node.name)
            if layout == .hidden { return false }
            if layout == .preformatted { preformattedDepth += 1 }
            separate(layout)
            if layout == .lineBreak { text.addLineBreak() }
            open.append(position)
        }
        return true
    }

    private mutating func leaveLast() {
        guard let position = open.popLast() else { return }
        let layout = Self.layout(tree.nodes[position].name)
        if layout == .preformatted { preformattedDepth -= 1 }
        separate(layout)
    }

    private mutating func separate(_ layout: Layout) {
        switch layout {
        case .block, .preformatted: text.requireLineBreaks(1)
        case .paragraph: text.requireLineBreaks(2)
        case .cell: text.addSpace()
        case .inline, .lineBreak, .hidden: break
        }
    }

    private static func layout(_ name: NameTable.ID) -> Layout {
        layouts.indices.contains(Int(name)) ? layouts[Int(name)] : .inline
    }

    /// By the number of the name. Source: HTML standard, section 15.3, "Non-replaced elements".
    private static let layouts: [Layout] = {
        var known: [String: Layout] = [
            "p": .paragraph, "br": .lineBreak, "td": .cell, "th": .cell, "pre": .preformatted, "listing": .preformatted,
            "script": .hidden, "style": .hidden, "template": .hidden,
        ]
        let blocks = """
            address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure \
            footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option search section \
            summary table tbody tfoot thead title tr ul
            """
        for name in blocks.split(separator: " ") { known[String(name)] = .block }
        return HTMLNames.elements.map { known[$0] ?? .inline }
    }()
}
