import CLibXML2

extension FlatTree {
    /// Copies a libxml2 tree; nil when there is no element in it, or no memory.
    static func copying(_ document: xmlDocPtr) -> FlatTree? {
        guard let root = xmlDocGetRootElement(document),
            let page = PageBytes(copying: UnsafeBufferPointer(start: nil, count: 0))
        else { return nil }
        var builder = FlatTreeBuilder(names: .html, pageBytes: page.end)
        var rootNumber = 1
        var open: [xmlNodePtr] = []
        var walk = LibXML2Walk(document: document)
        while let node = walk.next() {
            while let last = open.last, node.pointee.parent != last {
                builder.closeElement()
                open.removeLast()
            }
            if node == root { rootNumber = builder.nodes.count }
            if node.pointee.type == XML_ELEMENT_NODE {
                builder.openElement(builder.names.intern(String(copying: node.pointee.name)), at: 0)
                builder.copyAttributes(of: node)
                open.append(node)
            } else {
                builder.copyLeaf(node)
            }
        }
        return builder.build(page: page, root: rootNumber)
    }
}

extension FlatTreeBuilder {
    fileprivate mutating func copyAttributes(of node: xmlNodePtr) {
        var next = node.pointee.properties
        while let attribute = next {
            let start = madeEnd
            // Several texts where XML named entities that do not exist.
            var part = attribute.pointee.children
            while let text = part {
                make(copying: text.pointee.content)
                part = text.pointee.next
            }
            let name = names.intern(String(copying: attribute.pointee.name))
            addAttribute(name, made(since: start))
            next = attribute.pointee.next
        }
    }

    fileprivate mutating func copyLeaf(_ node: xmlNodePtr) {
        let start = madeEnd
        let kind: FlatNode.Kind
        switch node.pointee.type {
        case XML_TEXT_NODE: kind = .text
        case XML_CDATA_SECTION_NODE: kind = .rawText
        case XML_COMMENT_NODE: kind = .comment
        default: kind = .instruction
        }
        if kind != .instruction || node.pointee.type == XML_PI_NODE { make(copying: node.pointee.content) }
        let name = node.pointee.type == XML_PI_NODE ? names.intern(String(copying: node.pointee.name)) : NameTable.none
        addLeaf(kind, name, made(since: start), at: 0)
    }

    private mutating func make(copying text: UnsafePointer<xmlChar>?) {
        guard let text else { return }
        make(UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))))
    }
}

extension String {
    /// Copies libxml2's text; empty for nil.
    init(copying text: UnsafePointer<xmlChar>?) {
        self = text.map { String(decodingCString: $0, as: UTF8.self) } ?? ""
    }
}
