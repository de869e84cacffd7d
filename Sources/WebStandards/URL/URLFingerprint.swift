/// The first 128 bits of the SHA-256 hash of a canonical URL: a short key by which URLs are deduplicated.
public struct URLFingerprint: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The sixteen bytes, first eight and last eight, big-endian.
    public let bytes: (UInt64, UInt64)

    /// The fingerprint of a canonical URL's text.
    public init(of canonical: String) {
        let words = SHA256.words(of: canonical.utf8)
        bytes = (UInt64(words.0) << 32 | UInt64(words.1), UInt64(words.2) << 32 | UInt64(words.3))
    }

    /// Reads 32 hexadecimal digits of either case; nil for anything else.
    public init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 32 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for (index, digit) in digits.enumerated() {
            guard let value = Hexadecimal.value(digit) else { return nil }
            if index < 16 { words.0 = words.0 << 4 | UInt64(value) } else { words.1 = words.1 << 4 | UInt64(value) }
        }
        bytes = words
    }

    /// The 32 lower-case hexadecimal digits.
    public var hex: String {
        var digits: [UInt8] = []
        for word in [bytes.0, bytes.1] {
            for shift in stride(from: UInt64(60), through: 0, by: -4) {
                digits.append(Hexadecimal.lowerDigit(UInt8(truncatingIfNeeded: word >> shift) & 15))
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The same as ``hex``.
    public var description: String { hex }

    /// Whether both stand for the same URL.
    public static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

    /// The order of the hexadecimal texts.
    public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }

    /// Feeds both halves to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(bytes.0)
        hasher.combine(bytes.1)
    }
}
