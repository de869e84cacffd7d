internal import CZlib

/// Compresses a stream of any length into one gzip member (RFC 1952).
final class GzipStream {
    private var stream = z_stream()
    private var room = [UInt8](repeating: 0, count: 64 << 10)

    init?(level: Int32 = 6) {
        guard czlib_begin_gzip(&stream, level) == Z_OK else { return nil }
    }

    deinit { deflateEnd(&stream) }

    /// Compresses the next bytes and adds what comes of them; false when that fails.
    func compress(_ bytes: [UInt8], isLast: Bool, into output: inout [UInt8]) -> Bool {
        var bytes = bytes
        return bytes.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            while true {
                var left: UInt32 = 0
                let result = room.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    defer { left = stream.avail_out }
                    return deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                }
                output += room[..<(room.count - Int(left))]
                if result == Z_STREAM_END { return true }
                // There was nothing to do.
                if result == Z_BUF_ERROR { return !isLast }
                guard result == Z_OK else { return false }
                if !isLast, stream.avail_in == 0, left > 0 { return true }
            }
        }
    }
}

/// Bytes compressed whole.
public enum Gzip {
    /// One member (RFC 1952); nil when zlib refuses.
    ///
    /// - Parameter level: 1, the fastest, to 9, the smallest.
    public static func member(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
        var output: [UInt8] = []
        guard let stream = GzipStream(level: level), stream.compress(bytes, isLast: true, into: &output) else {
            return nil
        }
        return output
    }
}

/// The check sum of gzip and ZIP (ISO 3309).
struct CRC32 {
    private(set) var value: UInt32 = 0

    mutating func update(_ bytes: some Collection<UInt8>) {
        let sum = bytes.withContiguousStorageIfAvailable { crc32(uLong(value), $0.baseAddress, uInt($0.count)) }
        value = UInt32(
            truncatingIfNeeded: sum
                ?? Array(bytes).withUnsafeBufferPointer { crc32(uLong(value), $0.baseAddress, uInt($0.count)) })
    }
}
