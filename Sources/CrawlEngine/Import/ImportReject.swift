/// A record of an imported file that was left out.
public struct ImportReject: Sendable, Hashable, CustomStringConvertible {
    /// The line it begins on; the first line is 1.
    public let line: Int
    /// The field and the expected form.
    public let reason: String

    public var description: String { "line \(line): \(reason)" }
}
