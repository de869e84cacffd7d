/// One node of a ``FlatTree``.
struct FlatNode {
    enum Kind: UInt8 {
        /// The page itself: node 0, around the root element and the comments beside it.
        case document
        case element
        case text
        /// The text of a script or style element; never joined with a text beside it.
        case rawText
        case comment
        case instruction
    }

    let kind: Kind
    /// The name of an element without its prefix, the target of an instruction; `NameTable.none` for all else.
    let name: NameTable.ID
    /// -1 for the document.
    var parent: Int32
    /// The node before within the same parent, or -1.
    var previous: Int32
    /// One past the last node inside: what is inside stands at `index + 1 ..< end`.
    var end: Int32
    /// An element's attributes, or a text's bytes, start here.
    var first: UInt32
    /// The number of attributes, or of bytes.
    var count: UInt32
    /// Bytes of the page before the node.
    let offset: UInt32

    var isText: Bool { kind == .text || kind == .rawText }
}

/// One attribute of a ``FlatTree``.
struct FlatAttribute {
    let name: NameTable.ID
    var owner: Int32
    var value: ByteSpan
}

/// A part of the bytes of a ``FlatTree``.
struct ByteSpan: Hashable {
    var start: UInt32
    var count: UInt32

    var range: Range<Int> { Int(start)..<Int(start + count) }
}
