/// Header fields in the order they came; a name may occur more than once and has no case.
public struct HTTPHeaders: Sendable, Hashable, RandomAccessCollection, ExpressibleByArrayLiteral {
    private var fields: [HTTPField]

    /// Headers in this order.
    public init(_ fields: [HTTPField] = []) {
        self.fields = fields
    }

    /// Headers in this order.
    public init(arrayLiteral fields: HTTPField...) {
        self.init(fields)
    }

    /// Always 0.
    public var startIndex: Int { fields.startIndex }
    /// The number of fields.
    public var endIndex: Int { fields.endIndex }
    /// The field at a position from 0 in order of arrival.
    public subscript(position: Int) -> HTTPField { fields[position] }

    /// The first value of a name.
    public func first(_ name: String) -> String? {
        fields.first { $0.name.equalsIgnoringASCIICase(name) }?.value
    }

    /// Every value of a name, in order; fields that are lists are not split at commas.
    public func all(_ name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringASCIICase(name) }.map(\.value)
    }

    /// Whether the name occurs.
    public func contains(_ name: String) -> Bool {
        fields.contains { $0.name.equalsIgnoringASCIICase(name) }
    }

    mutating func append(_ field: HTTPField) {
        fields.append(field)
    }
}
