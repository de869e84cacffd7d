import Markup
import WebStandards

extension FieldEvaluator {
    /// A finding as a value; nil when it is blank or a placeholder.
    func read(_ found: Finding, _ way: FieldAlternative) -> JSONValue? {
        let value: JSONValue
        switch found {
        case .node(let node, let except):
            guard let text = text(of: node, except: except, way) else { return nil }
            value = .string(text)
        case .value(let known): value = known
        }
        guard !value.isBlank, !page.placeholders.contains(value) else { return .none }
        return value
    }

    private func text(of node: MarkupNode, except: Set<MarkupNode>, _ way: FieldAlternative) -> String? {
        switch way.reading {
        case .text: node.normalizedText(excluding: excluded(in: node, except, way))
        case .raw: node.text(excluding: excluded(in: node, except, way))
        case .paragraphs: node.blockText(excluding: excluded(in: node, except, way))
        case .own: node.normalizedText(excluding: except.union(node.childElements))
        case .html: node.innerHTML
        case .link: Self.link(of: node)
        }
    }

    private func excluded(in node: MarkupNode, _ except: Set<MarkupNode>, _ way: FieldAlternative) -> Set<MarkupNode> {
        var excluded = except
        for selector in way.without { excluded.formUnion(page.select(selector, from: node)) }
        return excluded
    }

    /// Where an element leads.
    static func link(of node: MarkupNode) -> String? {
        guard node.kind == .element else { return node.text }
        for name in addresses {
            if let value = node.attribute(name) { return value }
        }
        return nil
    }

    private static let addresses = ["href", "data-src", "src", "content", "value"].map(AttributeName.init)
}
