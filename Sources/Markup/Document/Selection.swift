/// What a selector found on a document.
public enum Selection {
    /// Elements, texts, attributes and comments, each once, in the order of the document.
    case nodes([MarkupNode])
    /// The result of an XPath expression that is a text.
    case string(String)
    /// The result of an XPath expression that is a number.
    case number(Double)
    /// The result of an XPath expression that is true or false.
    case bool(Bool)

    /// The matched nodes; none for a text, number or truth value.
    public var matches: [MarkupNode] {
        if case .nodes(let nodes) = self { nodes } else { [] }
    }

    /// Everything as text, as parsel's `getall()`: the mark-up of elements and comments, the value of texts and attributes.
    ///
    /// A number is written as Python writes a float, a truth value as `1` or `0`.
    public var strings: [String] {
        switch self {
        case .nodes(let nodes): nodes.map(\.serialized)
        case .string(let text): [text]
        case .number(let number): [Self.text(of: number)]
        case .bool(let bool): [bool ? "1" : "0"]
        }
    }

    /// The first of ``strings``, without making the others.
    public var first: String? {
        if case .nodes(let nodes) = self { nodes.first?.serialized } else { strings.first }
    }

    /// Whether nothing was found; texts, numbers and truth values are always something.
    public var isEmpty: Bool {
        if case .nodes(let nodes) = self { nodes.isEmpty } else { false }
    }

    private static func text(of number: Double) -> String {
        if number.isNaN { return "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        return number.description
    }
}
