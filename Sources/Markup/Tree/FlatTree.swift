/// A page as arrays: nodes in document order, the parts of node `n` at index `n`, everything inside it right behind it.
///
/// There are no node objects: a walk is a loop over numbers, and a subtree is a range. Text is kept as places in one block
/// of UTF-8, most of it the page itself. A tree never changes once it is built; what it lends lives as long as it does.
final class FlatTree {
    /// The page, zeros behind it, and then what had to be written anew, such as texts with references.
    private let page: PageBytes
    private let storage: (FrozenArray<FlatNode>, FrozenArray<FlatAttribute>)
    let bytes: UnsafePointer<UInt8>
    /// Node 0 is the document, which is around the root element and the comments beside it.
    let nodes: UnsafeBufferPointer<FlatNode>
    let attributes: UnsafeBufferPointer<FlatAttribute>
    let names: NameTable
    /// The outermost element.
    let root: NodeID

    init(
        page: PageBytes, nodes: FrozenArray<FlatNode>, attributes: FrozenArray<FlatAttribute>, names: NameTable,
        root: NodeID
    ) {
        self.page = page
        bytes = UnsafePointer(page.pointer)
        storage = (nodes, attributes)
        self.nodes = nodes.buffer
        self.attributes = attributes.buffer
        self.names = names
        self.root = root
    }
}

// MARK: Family

extension FlatTree {
    func node(_ id: NodeID) -> FlatNode { nodes[id.index] }

    func kind(_ id: NodeID) -> MarkupNode.Kind {
        guard !id.isAttribute else { return .attribute }
        return switch nodes[id.index].kind {
        case .element: .element
        case .text, .rawText: .text
        case .comment: .comment
        case .instruction, .document: .other
        }
    }

    /// The element around a node or attribute; nil at the top.
    func parent(_ id: NodeID) -> NodeID? {
        let parent = id.isAttribute ? Int(attributes[id.index].owner) : Int(nodes[id.index].parent)
        return parent > 0 ? NodeID(parent) : nil
    }

    func nextSibling(_ id: NodeID) -> NodeID? {
        guard !id.isAttribute else { return nil }
        let node = nodes[id.index]
        guard node.parent >= 0, node.end < nodes[Int(node.parent)].end else { return nil }
        return NodeID(Int(node.end))
    }

    func previousSibling(_ id: NodeID) -> NodeID? {
        guard !id.isAttribute else { return nil }
        let previous = nodes[id.index].previous
        return previous < 0 ? nil : NodeID(Int(previous))
    }

    /// The nodes directly inside.
    func children(_ id: NodeID) -> [NodeID] {
        guard !id.isAttribute else { return [] }
        var found: [NodeID] = []
        let end = Int(nodes[id.index].end)
        var next = id.index + 1
        while next < end {
            found.append(NodeID(next))
            next = Int(nodes[next].end)
        }
        return found
    }
}

// MARK: Names and values

extension FlatTree {
    /// The name of an element or attribute without its prefix; empty for other kinds.
    func name(_ id: NodeID) -> String {
        if id.isAttribute { return names.string(attributes[id.index].name) }
        let node = nodes[id.index]
        return node.kind == .element ? names.string(node.name) : ""
    }

    /// The places of an element's attributes among `attributes`.
    func attributeRange(_ node: FlatNode) -> Range<Int> {
        node.kind == .element ? Int(node.first)..<Int(node.first + node.count) : 0..<0
    }

    /// The value of an element's attribute; nil where it has none of this name.
    func attribute(_ name: NameTable.ID, of node: FlatNode) -> ByteSpan? {
        for index in attributeRange(node) where attributes[index].name == name { return attributes[index].value }
        return nil
    }

    /// The bytes of a text, comment or instruction.
    func content(_ node: FlatNode) -> ByteSpan { ByteSpan(start: node.first, count: node.count) }

    /// Lent for as long as the tree lives.
    @inline(__always)
    func buffer(_ span: ByteSpan) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + Int(span.start), count: Int(span.count))
    }

    func string(_ span: ByteSpan) -> String { String(decoding: buffer(span), as: UTF8.self) }

    /// The line of the page on which a node starts, counted from 1.
    func line(_ id: NodeID) -> Int {
        let node = nodes[id.isAttribute ? Int(attributes[id.index].owner) : id.index]
        let before = ByteSpan(start: 0, count: node.offset)
        return buffer(before).reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }
}
