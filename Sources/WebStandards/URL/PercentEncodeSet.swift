/// A set of ASCII bytes to be percent-encoded; bytes above 0x7E are always in it.
///
/// Source: WHATWG URL Standard, section 1.3.
struct PercentEncodeSet: Sendable {
    private let low: UInt64
    private let high: UInt64

    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The control characters and `extra`.
    init(_ extra: String) {
        var low: UInt64 = 0xFFFF_FFFF
        var high: UInt64 = 1 << 63
        for byte in extra.utf8 {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
        self.init(low: low, high: high)
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low >> UInt64(byte) & 1 != 0 }
        return byte >= 128 || high >> UInt64(byte - 64) & 1 != 0
    }

    /// This set and `extra`.
    func union(_ extra: String) -> PercentEncodeSet {
        let other = PercentEncodeSet(extra)
        return PercentEncodeSet(low: low | other.low, high: high | other.high)
    }

    static let control = PercentEncodeSet("")
    static let fragment = PercentEncodeSet(" \"<>`")
    static let query = PercentEncodeSet(" \"#<>")
    static let specialQuery = query.union("'")
    static let path = query.union("?^`{}")
    static let userinfo = path.union("/:;=@[\\]|")

    /// Everything but letters, digits and `-._~`.
    static let reserved = PercentEncodeSet(" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}")
}

extension [UInt8] {
    /// Appends `bytes`, those in `set` as `%XX`.
    mutating func append(encoding bytes: some Collection<UInt8>, with set: PercentEncodeSet) {
        for byte in bytes {
            if set.contains(byte) { append(escaped: byte) } else { append(byte) }
        }
    }

    /// Appends the bytes of `buffer`, those in `set` as `%XX`, copying runs that need nothing at once.
    mutating func append(encoding buffer: UnsafeBufferPointer<UInt8>, with set: PercentEncodeSet) {
        var start = 0
        for index in 0..<buffer.count where set.contains(buffer[index]) {
            append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
            append(escaped: buffer[index])
            start = index + 1
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<buffer.count]))
    }

    /// Appends `%XX`.
    @inline(__always)
    mutating func append(escaped byte: UInt8) {
        append(UInt8(ascii: "%"))
        append(Hexadecimal.upperDigit(byte >> 4))
        append(Hexadecimal.upperDigit(byte & 15))
    }

    /// Appends `bytes` with every well-formed `%XX` replaced by its byte.
    mutating func append(percentDecoding bytes: some RandomAccessCollection<UInt8>) {
        var index = bytes.startIndex
        while index != bytes.endIndex {
            if bytes[index] == UInt8(ascii: "%"), bytes.distance(from: index, to: bytes.endIndex) > 2,
                let high = Hexadecimal.value(bytes[bytes.index(index, offsetBy: 1)]),
                let low = Hexadecimal.value(bytes[bytes.index(index, offsetBy: 2)])
            {
                append(high << 4 | low)
                index = bytes.index(index, offsetBy: 3)
            } else {
                append(bytes[index])
                index = bytes.index(after: index)
            }
        }
    }
}
