import CLibXML2

/// A libxml2 tree, freed exactly once.
struct LibXML2Tree: ~Copyable {
    let pointer: xmlDocPtr

    /// Takes over the tree and gives every element its place in document order, so that comparing two takes one step.
    init(stealing pointer: xmlDocPtr) {
        self.pointer = pointer
        xmlXPathOrderDocElems(pointer)
    }

    deinit { xmlFreeDoc(pointer) }
}
