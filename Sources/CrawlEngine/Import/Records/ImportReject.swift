/// A record of an imported file that was left out.
public struct ImportReject: Error, Sendable, Hashable, CustomStringConvertible {
    /// What records of a file are counted by.
    public enum Unit: String, Sendable { case line, record }

    /// The line it begins on, or its number where records are not lines; the first one is 1.
    public let line: Int
    /// What `line` counts.
    public let unit: Unit
    /// The field and the expected form.
    public let reason: String
    /// The record as it was written, as far as it is kept; at most ``maximumRawBytes``.
    public let raw: [UInt8]

    /// Most bytes kept of a record that is left out.
    public static let maximumRawBytes = 64 << 10

    /// Leaves out a record.
    public init(line: Int, unit: Unit = .line, reason: String, raw: some Sequence<UInt8> = []) {
        self.line = line
        self.unit = unit
        self.reason = reason
        self.raw = Array(raw.prefix(Self.maximumRawBytes))
    }

    /// Where, then why.
    public var description: String { "\(unit) \(line): \(reason)" }
}
