/// A fixture cannot be read or written; says where and what is expected.
public struct FixtureError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// Makes an error of a text for the spider's author.
    public init(_ description: String) { self.description = description }
}
