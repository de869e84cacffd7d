/// Eight bytes that are looked at together.
///
/// Source: Warren, "Hacker's Delight", 2nd edition, section 6-1, "find first 0-byte".
struct ByteWord {
    private let word: UInt64

    /// The bytes from a place on; the block must reach seven bytes beyond it.
    @inline(__always)
    init(_ page: UnsafePointer<UInt8>, _ position: Int) {
        word = UnsafeRawPointer(page + position).loadUnaligned(as: UInt64.self)
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// A word of one byte eight times.
    @inline(__always)
    static func repeating(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

    @inline(__always)
    private static func hasZero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }

    /// Whether a quote, given eight times, an ampersand or a 0 is among the bytes.
    @inline(__always)
    func has(endOf quote: UInt64) -> Bool {
        let ampersand = Self.repeating(UInt8(ascii: "&"))
        return Self.hasZero(word) | Self.hasZero(word ^ quote) | Self.hasZero(word ^ ampersand) != 0
    }

    /// Whether anything among the bytes is more than plain text: a tag or reference begins, a character below the space, or the byte with which
    /// the characters begin that XML does not allow.
    @inline(__always)
    var hasAnyInText: Bool {
        let (tag, reference) = (Self.repeating(UInt8(ascii: "<")), Self.repeating(UInt8(ascii: "&")))
        let control = (word &- Self.repeating(0x20)) & ~word & Self.tops
        return control | Self.hasZero(word ^ tag) | Self.hasZero(word ^ reference)
            | Self.hasZero(word ^ Self.repeating(0xEF)) != 0
    }
}
