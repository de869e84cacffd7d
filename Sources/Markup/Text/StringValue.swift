/// Joins the texts inside an element.
enum StringValue {
    static func of(_ element: NodeID, in tree: FlatTree, excluding excluded: Set<NodeID>) -> String {
        var only: ByteSpan?
        var joined: [UInt8] = []
        var walk = TextWalk(in: tree, from: element, excluding: excluded)
        while let span = walk.next() {
            if let first = only {
                if joined.isEmpty { joined.append(contentsOf: tree.buffer(first)) }
                joined.append(contentsOf: tree.buffer(span))
            } else {
                only = span
            }
        }
        return joined.isEmpty ? only.map(tree.string) ?? "" : String(decoding: joined, as: UTF8.self)
    }
}

/// Visits the texts inside a node, itself included, in document order.
struct TextWalk {
    private let tree: FlatTree
    private var position: Int
    private let end: Int
    private let excluded: Set<NodeID>

    init(in tree: FlatTree, from start: NodeID, excluding excluded: Set<NodeID>) {
        self.tree = tree
        position = start.index
        end = start.isAttribute ? position : Int(tree.nodes[start.index].end)
        self.excluded = excluded
    }

    mutating func next() -> ByteSpan? {
        while position < end {
            let node = tree.nodes[position]
            if !excluded.isEmpty, excluded.contains(NodeID(position)) {
                position = Int(node.end)
                continue
            }
            position += 1
            if node.isText { return tree.content(node) }
        }
        return nil
    }
}
