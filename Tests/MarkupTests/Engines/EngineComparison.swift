@testable import Markup

/// Asks both engines the same.
struct EngineComparison {
    let document: MarkupDocument

    /// How the answers differ; nil when they agree, or when libxml2 cannot answer within its steps.
    func difference(_ selector: Selector, from start: MarkupNode? = nil) -> String? {
        let start = start?.id ?? document.root.id
        let expected: Selection
        do {
            expected = try document.select(selector, from: start, by: .libxml2(reason: "oracle"))
        } catch {
            return nil
        }
        do {
            let found = try document.select(selector, from: start, by: .flat)
            let (left, right) = (Self.text(found), Self.text(inDocumentOrder(expected)))
            if left == right || Self.isMistaken(selector) { return nil }
            return "'\(selector)' from \(start.raw): flat \(left), libxml2 \(right)"
        } catch {
            return "'\(selector)' from \(start.raw): flat failed with \(error)"
        }
    }

    /// Whether libxml2 2.9.14 may well be wrong: from `//.` it leaves out the start, and it takes the text of an HTML document
    /// for empty where it compares it with another.
    private static func isMistaken(_ selector: Selector) -> Bool {
        let source = selector.source
        // The text of the first of several nodes, the order of which it mistook.
        if source.contains("node()"), source.contains(/(string|name|number|concat)\(/) { return true }
        let mayReachDocument = ["..", "ancestor", "parent::", "node()"].contains { source.contains($0) }
        return source.contains("=") && mayReachDocument || source.contains(/\/\/\.(?!\.)/)
    }

    /// libxml2 2.9.14 at times puts a text before an element that stands before it, where both come from a union.
    private func inDocumentOrder(_ selection: Selection) -> Selection {
        guard case .nodes(let nodes) = selection else { return selection }
        var numbers = nodes.map(\.id.raw)
        document.tree.withView { NodeOrder.normalize(&numbers, in: $0) }
        return .nodes(numbers.map { MarkupNode(document: document, id: NodeID(raw: $0)) })
    }

    private static func text(_ selection: Selection) -> String {
        switch selection {
        case .nodes(let nodes): "\(nodes.map(\.id.raw))"
        case .string(let text): "string \(text.debugDescription)"
        // NaN is not equal to itself, and -0 is equal to 0.
        case .number(let number): "number \(number.isNaN ? "nan" : number.description)"
        case .bool(let bool): "bool \(bool)"
        }
    }
}
