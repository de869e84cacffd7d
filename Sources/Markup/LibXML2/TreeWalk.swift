/// Visits a node and everything inside it in document order, without recursion.
struct TreeWalk {
    private let start: NodeID?
    private var upcoming: NodeID?

    init(from start: NodeID?) {
        self.start = start
        upcoming = start
    }

    mutating func next() -> NodeID? {
        guard let node = upcoming else { return nil }
        upcoming = node.firstChild ?? following(node)
        return node
    }

    /// The next node that is not inside `node`; nil when the walk is over.
    private func following(_ node: NodeID) -> NodeID? {
        var node = node
        while node != start {
            if let sibling = node.nextSibling { return sibling }
            guard let parent = node.parent else { return nil }
            node = parent
        }
        return nil
    }

    /// Goes on after `node`, which was the last one visited, leaving out what is inside it.
    mutating func skipInside(_ node: NodeID) { upcoming = following(node) }
}
