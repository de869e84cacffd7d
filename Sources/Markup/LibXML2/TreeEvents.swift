/// Visits a node and everything inside it, telling the start and the end of each node, without recursion.
struct TreeEvents {
    enum Event {
        case enter(NodeID)
        case leave(NodeID)
    }

    private let start: NodeID
    private var upcoming: Event?
    private var last: NodeID

    init(from start: NodeID) {
        self.start = start
        last = start
        upcoming = .enter(start)
    }

    mutating func next() -> Event? {
        guard let event = upcoming else { return nil }
        switch event {
        case .enter(let node):
            last = node
            upcoming = node.firstChild.map { .enter($0) } ?? .leave(node)
        case .leave(let node): upcoming = following(node)
        }
        return event
    }

    private func following(_ node: NodeID) -> Event? {
        if node == start { return nil }
        if let sibling = node.nextSibling { return .enter(sibling) }
        return node.parent.map { .leave($0) }
    }

    /// After a node was entered: goes on behind it, without telling its inside or its end.
    mutating func skipInside() { upcoming = following(last) }
}
