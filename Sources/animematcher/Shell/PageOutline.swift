import Markup

/// The elements of a page, indented, with what tells them apart.
struct PageOutline {
    /// Levels shown at most, whatever is asked for.
    static let maximumDepth = 100
    private static let maximumText = 60

    let depth: Int

    /// Adds a node and what is inside, level by level until `depth`.
    func add(_ root: MarkupNode, to output: inout ShellOutput) {
        var waiting = [(node: root, level: 0)]
        while let (node, level) = waiting.popLast() {
            output.add(String(repeating: "  ", count: level) + line(node, isLast: level >= limit))
            guard level < limit, !output.isFull else { continue }
            waiting.append(contentsOf: node.childElements.reversed().map { ($0, level + 1) })
        }
    }

    private var limit: Int { min(depth, Self.maximumDepth) }

    private func line(_ node: MarkupNode, isLast: Bool) -> String {
        guard node.kind == .element else { return node.kind == .text ? quoted(node.text) : node.serialized }
        var line = node.name
        if let id = node.attribute("id"), !id.isEmpty { line += "#\(id)" }
        line += node.classes.map { ".\($0)" }.joined()
        for (name, value) in node.attributes where name != "id" && name != "class" {
            line += " \(name)=\(quoted(value))"
        }
        let own = node.children.lazy.filter { $0.kind == .text }.map(\.normalizedText).first { !$0.isEmpty }
        if let own, node.name != "script", node.name != "style" { line += "  \(quoted(own))" }
        let inside = isLast ? node.childElements.count : 0
        return inside > 0 ? "\(line)  (\(inside) inside)" : line
    }

    private func quoted(_ text: String) -> String {
        let short = text.prefix(Self.maximumText)
        return "\"\(short)\(short.count < text.count ? "…" : "")\""
    }
}
