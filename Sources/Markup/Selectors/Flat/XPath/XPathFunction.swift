/// A function of XPath 1.0 that can be compiled; `id()` and `lang()` are left to libxml2.
struct XPathFunction {
    let kind: XPathProgram.Kind
    let type: XPathProgram.ValueType
    let arity: ClosedRange<Int>
    /// Whether the argument must be nodes.
    let takesNodes: Bool

    private init(
        _ kind: XPathProgram.Kind, _ type: XPathProgram.ValueType, _ arity: ClosedRange<Int>, takesNodes: Bool = false
    ) {
        self.kind = kind
        self.type = type
        self.arity = arity
        self.takesNodes = takesNodes
    }

    static let all: [String: XPathFunction] = [
        "last": .init(.last, .number, 0...0), "position": .init(.position, .number, 0...0),
        "count": .init(.count, .number, 1...1, takesNodes: true),
        "sum": .init(.sum, .number, 1...1, takesNodes: true),
        "name": .init(.name, .string, 0...1, takesNodes: true),
        "local-name": .init(.localName, .string, 0...1, takesNodes: true),
        "namespace-uri": .init(.namespaceURI, .string, 0...1, takesNodes: true),
        "string": .init(.string, .string, 0...1), "concat": .init(.concat, .string, 2...Int.max),
        "starts-with": .init(.startsWith, .bool, 2...2), "contains": .init(.contains, .bool, 2...2),
        "substring-before": .init(.substringBefore, .string, 2...2),
        "substring-after": .init(.substringAfter, .string, 2...2), "substring": .init(.substring, .string, 2...3),
        "string-length": .init(.stringLength, .number, 0...1),
        "normalize-space": .init(.normalizeSpace, .string, 0...1), "translate": .init(.translate, .string, 3...3),
        "boolean": .init(.boolean, .bool, 1...1), "not": .init(.not, .bool, 1...1), "true": .init(.true, .bool, 0...0),
        "false": .init(.false, .bool, 0...0), "number": .init(.toNumber, .number, 0...1),
        "floor": .init(.floor, .number, 1...1), "ceiling": .init(.ceiling, .number, 1...1),
        "round": .init(.round, .number, 1...1), HasClassFunction.name: .init(.hasClass, .bool, 1...Int.max),
    ]
}
