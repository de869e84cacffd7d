/// Writes an element's text with the line breaks that a reader of the page sees.
struct BlockText {
    private enum Layout {
        case inline, block, paragraph, lineBreak, cell, preformatted, hidden
    }

    private let excluded: Set<NodeID>
    private var text = CollapsedText()
    private var preformattedDepth = 0

    static func of(_ node: NodeID, excluding excluded: Set<NodeID>) -> String {
        var writer = BlockText(excluded: excluded)
        var walk = TreeEvents(from: node)
        while let event = walk.next() {
            switch event {
            case .enter(let node): if !writer.enter(node) { walk.skipInside() }
            case .leave(let node): writer.leave(node)
            }
        }
        return writer.text.string
    }

    private init(excluded: Set<NodeID>) { self.excluded = excluded }

    /// Writes what stands at the start of a node; false when nothing inside it counts.
    private mutating func enter(_ node: NodeID) -> Bool {
        if !excluded.isEmpty, excluded.contains(node) { return false }
        switch node.kind {
        case .text:
            if let content = node.content { text.add(content, keepingLines: preformattedDepth > 0) }
        case .element:
            let layout = Self.layout(node.name)
            if layout == .hidden { return false }
            if layout == .preformatted { preformattedDepth += 1 }
            separate(layout)
            if layout == .lineBreak { text.addLineBreak() }
        default: break
        }
        return true
    }

    private mutating func leave(_ node: NodeID) {
        guard node.kind == .element else { return }
        let layout = Self.layout(node.name)
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

    private static func layout(_ name: String) -> Layout { layouts[name] ?? .inline }

    /// Source: HTML standard, section 15.3, "Non-replaced elements".
    private static let layouts: [String: Layout] = {
        var layouts: [String: Layout] = [
            "p": .paragraph, "br": .lineBreak, "td": .cell, "th": .cell, "pre": .preformatted, "listing": .preformatted,
            "script": .hidden, "style": .hidden, "template": .hidden,
        ]
        let blocks = """
            address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure \
            footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option search section \
            summary table tbody tfoot thead title tr ul
            """
        for name in blocks.split(separator: " ") { layouts[String(name)] = .block }
        return layouts
    }()
}
