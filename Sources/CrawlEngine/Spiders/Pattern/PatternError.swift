/// A regular expression, URL pattern, template or path cannot be read.
public struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Unicode scalars before the place.
    public let offset: Int
    /// What is wrong and what is expected.
    public let message: String

    /// "at character 5: expected ')'"; without the place when it is the start.
    public var description: String { offset > 0 ? "at character \(offset + 1): \(message)" : message }
}
