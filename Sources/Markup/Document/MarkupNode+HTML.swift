extension MarkupNode {
    /// The node and everything inside as mark-up; for a text or an attribute its plain value, as parsel's `get()`.
    public var serialized: String {
        switch kind {
        case .element, .comment, .other: document.serialized(id)
        case .text, .attribute: text
        }
    }

    /// Everything inside as mark-up; empty for all that is no element.
    public var innerHTML: String { kind == .element ? tree.children(id).map(document.serialized).joined() : "" }
}
