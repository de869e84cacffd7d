/// The name of an attribute that is asked for on every page, made once.
public struct AttributeName: Sendable {
    /// The name in lower case.
    public let name: String
    /// Its number where all pages have the same.
    let number: NameTable.ID?

    /// Makes a name.
    public init(_ name: StaticString) {
        self.name = "\(name)"
        number = NameTable.html.find(self.name)
    }
}

extension MarkupNode {
    /// The value of an attribute; nil when the element has none of this name, and for all that is no element.
    public func attribute(_ name: AttributeName) -> String? {
        let tree = tree
        guard kind == .element, let number = name.number ?? tree.names.find(name.name) else { return nil }
        return tree.attribute(number, of: tree.node(id)).map(tree.string)
    }
}
