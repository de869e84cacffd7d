import CLibXML2

/// A libxml2 tree beside a ``FlatTree`` of the same shape, and the way from a node of one to that of the other.
///
/// libxml2 keeps a pointer of its user's with each node; it holds the number of the flat node.
final class LibXML2Mirror {
    let tree: LibXML2Tree
    private var pointers: [xmlNodePtr] = []

    /// Pairs a libxml2 tree with the flat tree that was copied from it.
    init(_ tree: consuming LibXML2Tree) {
        self.tree = tree
        var walk = LibXML2Walk(document: self.tree.pointer)
        pointers.append(UnsafeMutableRawPointer(self.tree.pointer).assumingMemoryBound(to: xmlNode.self))
        while let node = walk.next() { pair(node) }
        pairAttributes()
    }

    private func pair(_ node: xmlNodePtr) {
        node.pointee._private = Self.mark(pointers.count)
        pointers.append(node)
    }

    private func pairAttributes() {
        var count = 0
        for node in pointers.dropFirst() where node.pointee.type == XML_ELEMENT_NODE {
            var next = node.pointee.properties
            while let attribute = next {
                attribute.pointee._private = Self.mark(count)
                count += 1
                next = attribute.pointee.next
            }
        }
    }

    private static func mark(_ number: Int) -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: number + 1)
    }

    /// The libxml2 node of a flat node that is no attribute.
    func pointer(_ id: NodeID) -> xmlNodePtr { pointers[id.index] }

    /// The libxml2 node of a flat node or attribute.
    func pointer(_ id: NodeID, in flat: FlatTree) -> xmlNodePtr? {
        guard id.isAttribute else { return pointers[id.index] }
        let owner = Int(flat.attributes[id.index].owner)
        var next = pointers[owner].pointee.properties
        for _ in Int(flat.nodes[owner].first)..<id.index { next = next?.pointee.next }
        return next.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: xmlNode.self) }
    }

    func line(of id: NodeID, in flat: FlatTree) -> Int { pointer(id, in: flat).map { xmlGetLineNo($0) } ?? 1 }

    /// The flat node of a libxml2 node of this tree; nil for what has none, such as a document type.
    func id(_ node: xmlNodePtr) -> NodeID? {
        guard let mark = node.pointee._private else { return nil }
        let number = Int(bitPattern: mark) - 1
        return node.pointee.type == XML_ATTRIBUTE_NODE ? NodeID(attribute: number) : NodeID(number)
    }
}

/// Visits the nodes of a libxml2 document in document order, without recursion, document types left out.
struct LibXML2Walk {
    private var upcoming: xmlNodePtr?

    init(document: xmlDocPtr) { upcoming = Self.shown(document.pointee.children) }

    mutating func next() -> xmlNodePtr? {
        guard let node = upcoming else { return nil }
        upcoming = Self.inside(node) ?? Self.following(node)
        return node
    }

    private static func inside(_ node: xmlNodePtr) -> xmlNodePtr? {
        node.pointee.type == XML_ELEMENT_NODE ? shown(node.pointee.children) : nil
    }

    private static func following(_ node: xmlNodePtr) -> xmlNodePtr? {
        var node = node
        while true {
            if let next = shown(node.pointee.next) { return next }
            guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else { return nil }
            node = parent
        }
    }

    /// The node itself or the first behind it that is no document type.
    private static func shown(_ node: xmlNodePtr?) -> xmlNodePtr? {
        var next = node
        while let node = next, node.pointee.type == XML_DTD_NODE { next = node.pointee.next }
        return next
    }
}
