/// Joins the texts inside an element.
enum StringValue {
    static func of(_ element: NodeID, excluding excluded: Set<NodeID>) -> String {
        var only: UnsafePointer<CChar>?
        var joined: String?
        var walk = TreeWalk(from: element)
        while let node = walk.next() {
            if !excluded.isEmpty, excluded.contains(node) {
                walk.skipInside(node)
                continue
            }
            guard node.kind == .text, let content = node.content else { continue }
            if joined != nil {
                joined?.append(String(cString: content))
            } else if let first = only {
                joined = String(cString: first) + String(cString: content)
            } else {
                only = content
            }
        }
        return joined ?? only.map { String(cString: $0) } ?? ""
    }
}
