/// One rule of a schema that a value breaks.
public struct SchemaViolation: Sendable, Hashable, CustomStringConvertible {
    /// Where in the item: "related/0/id"; empty for the item itself.
    public let path: String
    /// The keyword that failed: "bsonType".
    public let rule: String
    /// What the rule expects, and what was found.
    public let expectation: String

    public var description: String { "\(path.isEmpty ? "item" : path): \(rule): \(expectation)" }
}
