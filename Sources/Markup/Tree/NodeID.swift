/// The place of a node, or of an attribute, in a ``FlatTree``.
struct NodeID: Hashable {
    /// Of a node its number in document order; of an attribute the complement of its number.
    let raw: Int32

    init(_ node: Int) { raw = Int32(truncatingIfNeeded: node) }
    init(attribute: Int) { raw = ~Int32(truncatingIfNeeded: attribute) }

    var isAttribute: Bool { raw < 0 }
    /// The number among the nodes, or among the attributes.
    var index: Int { Int(raw < 0 ? ~raw : raw) }
}
