/// A pattern stored as a value; the server matches it with PCRE.
public struct BSONRegularExpression: Sendable, Hashable {
    /// The pattern, without slashes.
    public let pattern: String
    /// The option letters, in the alphabetical order that the format demands.
    public let options: String

    /// A pattern with options such as `i` or `m`.
    public init(pattern: String, options: String = "") {
        self.pattern = pattern
        self.options = String(options.sorted())
    }
}
