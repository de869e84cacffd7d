extension NodeID {
    /// The node with a number as in `raw`.
    init(raw: Int32) { self = raw < 0 ? NodeID(attribute: Int(~raw)) : NodeID(Int(raw)) }
}
