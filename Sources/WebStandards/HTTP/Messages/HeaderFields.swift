/// The header fields of a message in the order they came; a name may occur more than once and has no case.
public struct HeaderFields: Sendable, Hashable, RandomAccessCollection, ExpressibleByDictionaryLiteral {
    private var lines: [HeaderField]

    /// Fields in this order.
    public init(_ lines: [HeaderField] = []) {
        self.lines = lines
    }

    /// Fields in this order; a name may be repeated.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { HeaderField(name: $0, value: $1) })
    }

    /// Always 0.
    public var startIndex: Int { lines.startIndex }
    /// The number of fields.
    public var endIndex: Int { lines.endIndex }
    /// The field at a position from 0 in order of arrival.
    public subscript(position: Int) -> HeaderField { lines[position] }

    /// The first value of a name.
    public func first(_ name: String) -> String? { lines.first { $0.isNamed(name) }?.value }

    /// Every value of a name, in order; lists are not split.
    public func all(_ name: String) -> [String] { named(name).map(\.value) }

    /// Every field of a name, in order.
    public func named(_ name: String) -> [HeaderField] { lines.filter { $0.isNamed(name) } }

    /// Whether the name occurs.
    public func contains(_ name: String) -> Bool { lines.contains { $0.isNamed(name) } }

    /// The members of a list field over all its lines, without white space around them and without empty ones.
    ///
    /// Source: RFC 9110, section 5.6.1.
    public func list(_ name: String) -> [String] { all(name).flatMap(ListSyntax.members) }

    /// Adds a line at the end.
    public mutating func append(_ field: HeaderField) { lines.append(field) }

    /// Adds a line at the end.
    public mutating func append(_ name: String, _ value: String) { append(HeaderField(name: name, value: value)) }

    /// Adds lines at the end.
    public mutating func append(contentsOf fields: HeaderFields) { lines += fields.lines }

    /// Replaces every line of a name by one.
    public mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    /// Takes every line of a name away.
    public mutating func remove(_ name: String) { lines.removeAll { $0.isNamed(name) } }

    /// The lines whose name, in lower case, `isKept` accepts.
    public func keepingNames(where isKept: (String) -> Bool) -> HeaderFields {
        HeaderFields(lines.filter { isKept($0.name.asciiLowercase) })
    }
}
