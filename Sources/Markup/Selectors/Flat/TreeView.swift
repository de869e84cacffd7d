/// The arrays of a ``FlatTree``, lent as pointers for the time a selector is answered.
///
/// Reading through pointers spares the inner loops what an array of a class costs: a retain and two checks for each look.
struct TreeView {
    let nodes: UnsafePointer<FlatNode>
    let attributes: UnsafePointer<FlatAttribute>
    let bytes: UnsafePointer<UInt8>
    let nodeCount: Int

    @inline(__always)
    func isElement(_ node: Int) -> Bool { nodes[node].kind == .element }

    @inline(__always)
    func end(_ node: Int) -> Int { Int(nodes[node].end) }

    @inline(__always)
    func parent(_ node: Int) -> Int { Int(nodes[node].parent) }

    @inline(__always)
    func buffer(_ span: ByteSpan) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + Int(span.start), count: Int(span.count))
    }

    /// The bytes of a text, comment or instruction.
    @inline(__always)
    func content(_ node: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + Int(nodes[node].first), count: Int(nodes[node].count))
    }

    /// The number of attributes of a node.
    @inline(__always)
    func attributeCount(_ node: Int) -> Int { isElement(node) ? Int(nodes[node].count) : 0 }

    /// The number of an element's attribute of this name; -1 where there is none.
    @inline(__always)
    func attribute(_ name: NameTable.ID, of node: Int) -> Int {
        guard nodes[node].kind == .element else { return -1 }
        let first = Int(nodes[node].first)
        let end = first + Int(nodes[node].count)
        var index = first
        while index < end {
            if attributes[index].name == name { return index }
            index += 1
        }
        return -1
    }

    /// The value of an element's attribute; nil where there is none.
    @inline(__always)
    func value(_ name: NameTable.ID, of node: Int) -> UnsafeBufferPointer<UInt8>? {
        let index = attribute(name, of: node)
        return index < 0 ? nil : buffer(attributes[index].value)
    }

    /// The node behind a node within the same parent; -1 where there is none.
    @inline(__always)
    func nextSibling(_ node: Int) -> Int {
        let parent = Int(nodes[node].parent)
        let next = Int(nodes[node].end)
        return parent >= 0 && next < Int(nodes[parent].end) ? next : -1
    }

    /// Whether a node is an element with this name.
    @inline(__always)
    func isElement(_ node: Int, _ name: HTMLElement) -> Bool {
        nodes[node].kind == .element && nodes[node].name == name.rawValue
    }
}

extension FlatTree {
    /// Lends the arrays.
    func withView<Result, Failure: Error>(
        _ body: (TreeView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // A tree has at least the document; of attributes there may be none, and none is looked at then.
        guard let nodes = nodes.baseAddress, let attributes = attributes.baseAddress else {
            preconditionFailure("a tree without memory")
        }
        defer { withExtendedLifetime(self) {} }
        return try body(TreeView(nodes: nodes, attributes: attributes, bytes: bytes, nodeCount: self.nodes.count))
    }
}
