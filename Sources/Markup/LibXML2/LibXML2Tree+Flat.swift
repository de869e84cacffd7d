import CLibXML2

extension LibXML2Tree {
    /// Writes a flat HTML tree as a libxml2 tree, for what only libxml2 can answer; nil when there is no memory.
    static func copying(_ flat: FlatTree) -> LibXML2Tree? {
        guard LibXML2.isReady, let document = htmlNewDocNoDtD(nil, nil) else { return nil }
        var pointers: [xmlNodePtr?] = [UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self)]
        pointers.reserveCapacity(flat.nodes.count)
        for node in flat.nodes.dropFirst() {
            let made = make(node, in: document, of: flat)
            if let made, let parent = pointers[Int(node.parent)] { link(made, into: parent) }
            pointers.append(made)
        }
        guard !pointers.contains(where: { $0 == nil }) else {
            xmlFreeDoc(document)
            return nil
        }
        return LibXML2Tree(stealing: document)
    }

    /// Not `xmlAddChild`, which joins texts.
    private static func link(_ node: xmlNodePtr, into parent: xmlNodePtr) {
        node.pointee.parent = parent
        node.pointee.prev = parent.pointee.last
        if let last = parent.pointee.last { last.pointee.next = node } else { parent.pointee.children = node }
        parent.pointee.last = node
    }

    private static func make(_ node: FlatNode, in document: xmlDocPtr, of flat: FlatTree) -> xmlNodePtr? {
        let content = flat.buffer(flat.content(node))
        switch node.kind {
        case .document: return nil
        case .element:
            guard let element = xmlNewDocNode(document, nil, flat.names.string(node.name), nil) else { return nil }
            for index in flat.attributeRange(node) {
                let attribute = flat.attributes[index]
                xmlNewProp(element, flat.names.string(attribute.name), flat.string(attribute.value))
            }
            return element
        case .text: return xmlNewDocTextLen(document, content.baseAddress, Int32(content.count))
        case .rawText: return xmlNewCDataBlock(document, content.baseAddress, Int32(content.count))
        case .comment: return xmlNewDocComment(document, flat.string(flat.content(node)))
        case .instruction:
            return xmlNewDocPI(document, flat.names.string(node.name), flat.string(flat.content(node)))
        }
    }
}
