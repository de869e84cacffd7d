/// What is wrong with a web archive.
public struct WARCError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The record, from 1.
    public let record: Int
    /// What is wrong with it.
    public let reason: String

    /// The record, then what is wrong.
    public var description: String { "record \(record): \(reason)" }
}
