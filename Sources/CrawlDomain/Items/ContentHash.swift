public import WebStandards

/// The identity of a value's content: SHA-256 of its JSON with sorted keys, the first 128 bits as 32 hex digits.
public struct ContentHash: Sendable, Hashable, CustomStringConvertible {
    /// 32 lower-case hex digits.
    public let hex: String

    /// Takes a hash as stored.
    public init(hex: String) { self.hex = hex }

    /// Hashes a value; equal values hash equal whatever the order of their keys.
    public init(of value: JSONValue) {
        self.init(ofBytes: Array(value.serialized(sortedKeys: true).utf8))
    }

    /// Hashes raw bytes.
    public init(ofBytes bytes: [UInt8]) {
        hex = SHA256.hash(bytes).prefix(16).reduce(into: "") { text, byte in
            let digits = Array("0123456789abcdef".unicodeScalars)
            text.unicodeScalars.append(digits[Int(byte >> 4)])
            text.unicodeScalars.append(digits[Int(byte & 15)])
        }
    }

    public var description: String { hex }
}
