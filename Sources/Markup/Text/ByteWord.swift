/// Eight bytes that are looked at together.
///
/// Source: Warren, "Hacker's Delight", 2nd edition, section 6-1, on sums that do not leave their byte.
struct ByteWord {
    let word: UInt64

    /// The bytes from a place on; the block must reach seven bytes beyond it.
    @inline(__always)
    init(_ page: UnsafePointer<UInt8>, _ position: Int) {
        word = UInt64(littleEndian: UnsafeRawPointer(page + position).loadUnaligned(as: UInt64.self))
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// A word of one byte eight times.
    @inline(__always)
    static func repeating(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

    @inline(__always)
    private static func place(_ flags: UInt64) -> Int { flags.trailingZeroBitCount >> 3 }

    /// How many bytes stand before the first that is neither an ASCII letter, a digit nor a hyphen.
    @inline(__always)
    var lengthOfWord: Int {
        let low = word & ~Self.tops
        // Adding what is missing to 128 carries into the top bit from the first byte of a range on; no sum leaves its byte.
        let letters =
            ((low | Self.repeating(0x20)) &+ Self.repeating(0x80 - 0x61))
            ^ ((low | Self.repeating(0x20)) &+ Self.repeating(0x80 - 0x7B))
        let digits = (low &+ Self.repeating(0x80 - 0x30)) ^ (low &+ Self.repeating(0x80 - 0x3A))
        let hyphen = (low ^ Self.repeating(UInt8(ascii: "-"))) &+ Self.repeating(0x7F)
        return Self.place((~(letters | digits) & hyphen | word) & Self.tops)
    }
}
