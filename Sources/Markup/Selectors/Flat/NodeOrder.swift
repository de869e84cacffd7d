/// Nodes and attributes of a tree as numbers, in document order: an attribute stands behind its element and before what is
/// inside.
enum NodeOrder {
    /// Puts nodes into document order, each once.
    static func normalize(_ nodes: inout [Int32], in tree: TreeView) {
        guard nodes.count > 1, !isNormal(nodes, in: tree) else { return }
        if nodes.contains(where: { $0 < 0 }) {
            nodes.sort { key($0, in: tree) < key($1, in: tree) }
        } else {
            nodes.sort()
        }
        var kept = 1
        for index in 1..<nodes.count where nodes[index] != nodes[kept - 1] {
            nodes[kept] = nodes[index]
            kept += 1
        }
        nodes.removeLast(nodes.count - kept)
    }

    private static func isNormal(_ nodes: [Int32], in tree: TreeView) -> Bool {
        var last: Int64 = -1
        for node in nodes {
            let key = key(node, in: tree)
            if key <= last { return false }
            last = key
        }
        return true
    }

    @inline(__always)
    static func key(_ node: Int32, in tree: TreeView) -> Int64 {
        if node >= 0 { return Int64(node) << 32 }
        let owner = tree.attributes[Int(~node)].owner
        return Int64(owner) << 32 | Int64(~node) + 1
    }
}
