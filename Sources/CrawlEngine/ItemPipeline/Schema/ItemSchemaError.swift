/// A schema file cannot be used.
public struct ItemSchemaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Bounded and free of values.
    public enum Code: String, Sendable, Hashable { case unreadable, notJSON, unknownKeyword, invalidKeyword }

    /// What kind of error it is.
    public let code: Code
    /// The file, and the place in it: "entries.json: properties/score".
    public let place: String
    /// What is wrong and what is expected.
    public let message: String

    public var description: String { "\(place): \(message)" }
}
