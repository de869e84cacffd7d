internal import CZstd

/// Compression of what is kept for long (RFC 8878).
enum Zstandard {
    /// Compresses; level 3 is the library's own default: half a millisecond for a page of 160 KB.
    static func compress(_ bytes: [UInt8], level: Int32 = 3) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let written = output.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { source in
                ZSTD_compress(target.baseAddress, target.count, source.baseAddress, source.count, level)
            }
        }
        guard ZSTD_isError(written) == 0 else { return nil }
        output.removeLast(output.count - written)
        return output
    }

    /// Decompresses one frame whose stated size is at most `limit` bytes; nil when it is larger, unstated or broken.
    static func decompress(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        let size = bytes.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
        guard size <= UInt64(limit) else { return nil }
        var output = [UInt8](repeating: 0, count: Int(size))
        let written = output.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { source in
                ZSTD_decompress(target.baseAddress, target.count, source.baseAddress, source.count)
            }
        }
        return ZSTD_isError(written) == 0 && written == output.count ? output : nil
    }
}
