/// Sixteen bytes that are looked at together.
struct ByteBlock {
    typealias Bytes = SIMD16<UInt8>

    /// How many there are.
    static let count = 16

    private let bytes: Bytes

    /// The bytes from a place on; the memory must reach fifteen bytes beyond it.
    @inline(__always)
    init(_ page: UnsafePointer<UInt8>, _ position: Int) {
        bytes = UnsafeRawPointer(page + position).loadUnaligned(as: Bytes.self)
    }

    /// The place of a quote, an ampersand or a 0; `count` when there is none.
    @inline(__always)
    func end(ofValueIn quote: Bytes) -> Int {
        Self.first(
            (bytes .== quote) .| (bytes .== Bytes(repeating: UInt8(ascii: "&"))) .| (bytes .== Bytes(repeating: 0)))
    }

    /// The place where something is more than plain text: where a tag or reference begins, a control character other than white space, or the byte
    /// with which the characters begin that XML does not allow; `count` when there is none.
    @inline(__always)
    var endOfPlainText: Int {
        let blank =
            (bytes .== Bytes(repeating: 0x0A)) .| (bytes .== Bytes(repeating: 0x09))
            .| (bytes .== Bytes(repeating: 0x0D))
        let control = (bytes .< Bytes(repeating: 0x20)) .& .!blank
        return Self.first(
            control .| (bytes .== Bytes(repeating: UInt8(ascii: "<")))
                .| (bytes .== Bytes(repeating: UInt8(ascii: "&")))
                .| (bytes .== Bytes(repeating: 0xEF)))
    }

    @inline(__always)
    private static func first(_ mask: SIMDMask<SIMD16<Int8>>) -> Int {
        let words = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        let (low, high) = (UInt64(littleEndian: words[0]), UInt64(littleEndian: words[1]))
        return low != 0 ? low.trailingZeroBitCount >> 3 : 8 + high.trailingZeroBitCount >> 3
    }
}
