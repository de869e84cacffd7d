/// A node of a ``MarkupDocument``: an element, a text, an attribute or a comment.
///
/// Two nodes are equal when they are the same node of the same document. A node keeps its document alive.
public struct MarkupNode {
    /// What a node is.
    public enum Kind: Sendable, Hashable {
        case element, text, attribute, comment
        /// A processing instruction or a document type.
        case other
    }

    /// The document the node belongs to.
    public let document: MarkupDocument
    let id: NodeID

    init(document: MarkupDocument, id: NodeID) {
        self.document = document
        self.id = id
    }

    var tree: FlatTree { document.tree }

    /// What the node is.
    public var kind: Kind { tree.kind(id) }

    /// The name of an element or attribute without its prefix, lower-case in HTML; empty for other kinds.
    public var name: String { tree.name(id) }

    /// Whether the node is an element of this name.
    public func isElement(named name: StaticString) -> Bool { kind == .element && self.name == "\(name)" }

    /// The value of an attribute; nil when the element has none of this name, and for all that is no element.
    public func attribute(_ name: String) -> String? {
        guard kind == .element, let name = tree.names.find(name) else { return nil }
        return tree.attribute(name, of: tree.node(id)).map(tree.string)
    }

    /// The attributes in the order of the page.
    public var attributes: [(name: String, value: String)] {
        guard kind == .element else { return [] }
        return tree.attributes[tree.attributeRange(tree.node(id))].map {
            (tree.names.string($0.name), tree.string($0.value))
        }
    }

    /// The words of the `class` attribute.
    public var classes: [Substring] {
        attribute("class")?.split(whereSeparator: \.isASCIIWhitespace) ?? []
    }

    /// The element around the node; nil for the root element.
    public var parent: MarkupNode? { node(tree.parent(id)) }

    /// The node that follows within the same parent.
    public var nextSibling: MarkupNode? { node(tree.nextSibling(id)) }

    /// The node before, within the same parent.
    public var previousSibling: MarkupNode? { node(tree.previousSibling(id)) }

    /// The elements, texts and comments directly inside.
    public var children: [MarkupNode] { tree.children(id).map { MarkupNode(document: document, id: $0) } }

    /// The elements directly inside.
    public var childElements: [MarkupNode] { children.filter { $0.kind == .element } }

    /// What the selector finds from here: see ``MarkupDocument/select(_:from:)``.
    public func select(_ selector: Selector) throws(MarkupError) -> Selection {
        try document.select(selector, from: self)
    }

    /// Where a selector leads that has but one place to lead to, the node itself or an attribute of it, such as `self::a/@href`: see
    /// ``Selector/isDirect``. Nil where that is not there.
    ///
    /// - Throws: As ``select(_:)``.
    public func end(of selector: Selector) throws(MarkupError) -> MarkupNode? {
        guard document.isHTML, case .xpath(let program)? = selector.program, let direct = program.direct else {
            return try select(selector).matches.first
        }
        return node(direct.end(from: id, on: tree, names: program.names))
    }

    /// The line of the page where the node starts, counted from 1; in XML 65,535 stands for any later line too.
    public var line: Int { document.line(of: id) }

    private func node(_ id: NodeID?) -> MarkupNode? { id.map { MarkupNode(document: document, id: $0) } }
}

extension MarkupNode: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.id == right.id && left.document === right.document
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
