/// Why a text is no selector: where it stops making sense and what was expected there.
public struct SelectorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The selector as written.
    public let source: String
    /// Characters (Unicode scalars) before the place of the error.
    public let offset: Int
    /// What was expected, such as `']'`.
    public let expected: String

    public var description: String { "expected \(expected) at \(offset) in '\(source)'" }
}
