import CLibXML2

/// A libxml2 tree, freed exactly once.
struct LibXML2Tree: ~Copyable {
    let pointer: xmlDocPtr
    /// The outermost element; libxml2 keeps it for the life of the tree.
    let root: NodeID

    /// Takes over the tree and gives every element its place in document order, so that comparing two takes one step.
    init(stealing pointer: xmlDocPtr, root: xmlNodePtr) {
        self.pointer = pointer
        self.root = NodeID(pointer: root)
        xmlXPathOrderDocElems(pointer)
    }

    deinit { xmlFreeDoc(pointer) }
}
