import CLibXML2

/// A node of a libxml2 tree; good as long as the tree is.
///
/// An attribute is an `xmlAttr`, which shares its first fields up to `doc` with `xmlNode`: what is read beyond those is
/// guarded by `kind`.
struct NodeID: Hashable {
    let pointer: xmlNodePtr

    var kind: MarkupNode.Kind {
        switch pointer.pointee.type {
        case XML_ELEMENT_NODE: .element
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: .text
        case XML_ATTRIBUTE_NODE: .attribute
        case XML_COMMENT_NODE: .comment
        default: .other
        }
    }

    var name: String {
        switch kind {
        case .element, .attribute: String(copying: pointer.pointee.name)
        default: ""
        }
    }

    func isElement(named name: StaticString) -> Bool {
        guard pointer.pointee.type == XML_ELEMENT_NODE, let own = pointer.pointee.name else { return false }
        return xmlStrEqual(own, name.utf8Start) != 0
    }

    var line: Int { xmlGetLineNo(pointer) }

    var parent: NodeID? {
        guard let parent = pointer.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else { return nil }
        return NodeID(pointer: parent)
    }

    var nextSibling: NodeID? { kind == .attribute ? nil : pointer.pointee.next.map(NodeID.init) }
    var previousSibling: NodeID? { kind == .attribute ? nil : pointer.pointee.prev.map(NodeID.init) }
    var firstChild: NodeID? { kind == .element ? pointer.pointee.children.map(NodeID.init) : nil }

    var children: [NodeID] {
        var found: [NodeID] = []
        var next = firstChild
        while let node = next {
            found.append(node)
            next = node.nextSibling
        }
        return found
    }

    /// The content of a text or comment, lent.
    var content: UnsafePointer<CChar>? {
        guard kind == .text || kind == .comment, let content = pointer.pointee.content else { return nil }
        return UnsafeRawPointer(content).assumingMemoryBound(to: CChar.self)
    }
}

extension NodeID {
    func attribute(_ name: String) -> String? {
        guard kind == .element else { return nil }
        return name.withCString { name in
            let wanted = UnsafeRawPointer(name).assumingMemoryBound(to: xmlChar.self)
            var next = pointer.pointee.properties
            while let attribute = next {
                if xmlStrEqual(attribute.pointee.name, wanted) != 0 { return Self.value(of: attribute) }
                next = attribute.pointee.next
            }
            return nil
        }
    }

    var attributes: [(name: String, value: String)] {
        guard kind == .element else { return [] }
        var found: [(name: String, value: String)] = []
        var next = pointer.pointee.properties
        while let attribute = next {
            found.append((String(copying: attribute.pointee.name), Self.value(of: attribute)))
            next = attribute.pointee.next
        }
        return found
    }

    /// The value of this node, which is an attribute.
    var attributeValue: String {
        UnsafeMutableRawPointer(pointer).withMemoryRebound(to: xmlAttr.self, capacity: 1) { Self.value(of: $0) }
    }

    /// An attribute's value is one text node, or several where XML named entities that do not exist.
    private static func value(of attribute: xmlAttrPtr) -> String {
        guard let first = attribute.pointee.children else { return "" }
        if first.pointee.next == nil { return String(copying: first.pointee.content) }
        var value = ""
        var next: xmlNodePtr? = first
        while let part = next {
            value += String(copying: part.pointee.content)
            next = part.pointee.next
        }
        return value
    }
}

extension String {
    /// Copies libxml2's text; empty for nil.
    init(copying text: UnsafePointer<xmlChar>?) {
        self = text.map { String(decodingCString: $0, as: UTF8.self) } ?? ""
    }
}
