/// Why a file cannot be imported at all.
public struct ImportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what was expected.
    public let description: String

    /// Names what is wrong and what was expected.
    public init(_ description: String) {
        self.description = description
    }
}
