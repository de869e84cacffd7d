/// Compressed data made without a compressor.
enum Compressed {
    /// A gzip member (RFC 1952) with one stored block.
    static func gzip(_ data: [UInt8]) -> [UInt8] {
        let length = UInt16(data.count)
        let block = [1] + length.littleEndianBytes + (~length).littleEndianBytes + data
        return gzipHeader + block + crc32(data).littleEndianBytes + UInt32(data.count).littleEndianBytes
    }

    /// A stored block in the zlib format (RFC 1950), which is what `deflate` means in HTTP.
    static func zlib(_ data: [UInt8]) -> [UInt8] {
        let length = UInt16(data.count)
        let (a, b) = data.reduce((UInt32(1), UInt32(0))) { sums, byte in
            let a = (sums.0 + UInt32(byte)) % 65521
            return (a, (sums.1 + a) % 65521)
        }
        let block = [1] + length.littleEndianBytes + (~length).littleEndianBytes + data
        return [0x78, 1] + block + (b << 16 | a).bigEndianBytes
    }

    static let gzipHeader: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
    /// Deflated to 83 bytes: 64 KiB of zeros that need nothing before them, not the last block.
    static let deflatedZeros: [UInt8] =
        [0xec, 0xc1, 1, 1, 0, 0, 0, 0x80, 0x90, 0xfe, 0xaf, 0xee, 8, 0x0a] + [UInt8](repeating: 0, count: 63)
        + [0x6a, 0, 0, 0, 0xff, 0xff]

    /// `hello` in brotli (RFC 7932), as one uncompressed meta-block.
    static let brotliHello: [UInt8] = [0x0b, 0x02, 0x80] + Array("hello".utf8) + [3]
    /// `hello` in zstd (RFC 8878), as one raw block.
    static let zstdHello: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, 0x29, 0, 0] + Array("hello".utf8)
    /// The start of a zstd frame with a window of 128 KiB.
    static let zstdHeader: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x38]
    /// A zstd block of four bytes that stands for 128 KiB of zeros, not the last.
    static let zstdZeros: [UInt8] = [2, 0, 0x10, 0]

    /// The start of a brotli stream of zeros.
    static let brotliHeader: [UInt8] = [
        0xcf, 0xff, 0xff, 0x7f, 0xf8, 0x27, 0x00, 0xe2, 0xb1, 0x40, 0x20, 0xf7, 0xfe, 0x9f, 0xff, 0xff, 0xff, 0xf0,
        0x4f, 0x00, 0xc4, 0x61, 0x01, 0x80, 0xee, 0xfd, 0x3f, 0xff, 0xff, 0xff, 0xe1, 0x9f, 0x00, 0x88, 0xc3, 0x22,
        0x00, 0xdd, 0xfb, 0x7f, 0xfe, 0xff, 0xff, 0xc3, 0x3f, 0x01, 0x10, 0x87,
    ]
    /// 105 bytes that go on with eight meta-blocks of 16 MiB of zeros each, not the last.
    static let brotliZeros: [UInt8] = [
        0x05, 0x00, 0xba, 0xf7, 0xff, 0xfc, 0xff, 0xff, 0x87, 0x7f, 0x02, 0x20, 0x0e, 0x0b, 0x00, 0x74, 0xef, 0xff,
        0xf9, 0xff, 0xff, 0x0f, 0xff, 0x04, 0x40, 0x1c, 0x16, 0x00, 0xe8, 0xde, 0xff, 0xf3, 0xff, 0xff, 0x1f, 0xfe,
        0x09, 0x80, 0x38, 0x2c, 0x00, 0xd0, 0xbd, 0xff, 0xe7, 0xff, 0xff, 0x3f, 0xfc, 0x13, 0x00, 0x71, 0x58, 0x00,
        0xa0, 0x7b, 0xff, 0xcf, 0xff, 0xff, 0x7f, 0xf8, 0x27, 0x00, 0xe2, 0xb0, 0x00, 0x40, 0xf7, 0xfe, 0x9f, 0xff,
        0xff, 0xff, 0xf0, 0x4f, 0x00, 0xc4, 0x61, 0x01, 0x80, 0xee, 0xfd, 0x3f, 0xff, 0xff, 0xff, 0xe1, 0x9f, 0x00,
        0x88, 0xc3, 0x02, 0x00, 0xdd, 0xfb, 0x7f, 0xfe, 0xff, 0xff, 0xc3, 0x3f, 0x01, 0x10, 0x87,
    ]

    private static func crc32(_ data: [UInt8]) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in data {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = (sum >> 1) ^ (sum & 1 == 1 ? 0xedb8_8320 : 0) }
        }
        return ~sum
    }
}

extension [UInt8] {
    /// Quick also without optimisation.
    func repeated(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(self.count * count)
        for _ in 0..<count { bytes += self }
        return bytes
    }
}

extension FixedWidthInteger {
    fileprivate var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
    fileprivate var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
