/// Writes little-endian numbers and variable-length integers.
struct ByteWriter {
    var bytes: [UInt8] = []

    /// Seven bits a byte, the low ones first, the high bit set on all bytes but the last (LEB128).
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A signed value with its sign in the lowest bit, so that small negative numbers stay short.
    mutating func append(signed value: Int64) { append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

    mutating func append(_ value: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}

/// Reads what `ByteWriter` wrote, and refuses everything else.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
        position = 0
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    /// How many bytes are left; no count read from them can be greater.
    var remaining: Int { bytes.endIndex - position }

    mutating func byte() throws(RecommenderError) -> UInt8 {
        guard position < bytes.endIndex else { throw RecommenderError(.corruptBytes, "ends at byte \(position)") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func varint() throws(RecommenderError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw RecommenderError(.corruptBytes, "integer longer than 64 bits before byte \(position)")
    }

    /// An integer that counts things or names a place, at most `limit`.
    mutating func count(atMost limit: Int) throws(RecommenderError) -> Int {
        let value = try varint()
        guard value <= UInt64(limit) else {
            throw RecommenderError(.corruptBytes, "\(value) is greater than \(limit) before byte \(position)")
        }
        return Int(value)
    }

    mutating func signed() throws(RecommenderError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func uint32() throws(RecommenderError) -> UInt32 {
        var value: UInt32 = 0
        for shift in stride(from: UInt32(0), to: 32, by: 8) { value |= UInt32(try byte()) << shift }
        return value
    }

    /// Reads a format's version byte.
    mutating func expectFormat(_ version: UInt8) throws(RecommenderError) {
        let found = try byte()
        guard found == version else { throw RecommenderError(.unknownFormat, "\(found), expected \(version)") }
    }
}
