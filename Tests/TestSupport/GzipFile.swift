/// Gzip files made without a compressor, and files that are made to be too much.
///
/// Source: RFC 1952.
public enum GzipFile {
    /// A file of stored blocks.
    ///
    /// - Parameter name: The name the file states.
    public static func stored(_ data: [UInt8], name: String = "") -> [UInt8] {
        var file = header(name: name)
        var rest = data[...]
        repeat {
            let block = rest.prefix(Int(UInt16.max))
            rest = rest.dropFirst(block.count)
            let length = UInt16(block.count)
            file += [rest.isEmpty ? 1 : 0] + bytes(length) + bytes(~length) + block
        } while !rest.isEmpty
        return file + bytes(crc32(data)) + bytes(UInt32(truncatingIfNeeded: data.count))
    }

    /// A file of about a thousandth of `size` that unpacks to `size` zeros; its check sum is wrong.
    public static func zeros(_ size: Int) -> [UInt8] {
        var file = header(name: "")
        for _ in 0..<(size >> 16) { file += zeros64K }
        return file + [1, 0, 0, 0xFF, 0xFF] + bytes(UInt32(0)) + bytes(UInt32(truncatingIfNeeded: size))
    }

    private static func header(name: String) -> [UInt8] {
        [0x1F, 0x8B, 8, name.isEmpty ? 0 : 8, 0, 0, 0, 0, 0, 255] + (name.isEmpty ? [] : Array(name.utf8) + [0])
    }

    /// 64 KiB of zeros that need nothing before them, not the last block.
    private static let zeros64K: [UInt8] =
        [0xEC, 0xC1, 1, 1, 0, 0, 0, 0x80, 0x90, 0xFE, 0xAF, 0xEE, 8, 0x0A] + [UInt8](repeating: 0, count: 63)
        + [0x6A, 0, 0, 0, 0xFF, 0xFF]

    private static func crc32(_ data: [UInt8]) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in data {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = (sum >> 1) ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~sum
    }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
