internal import CZstd

/// Compresses a stream of any length into one frame (RFC 8878).
public final class ZstandardStream {
    private let context: OpaquePointer
    private var room = [UInt8](repeating: 0, count: ZSTD_CStreamOutSize())

    /// Starts a frame; nil when there is no memory.
    public init?() {
        guard let context = ZSTD_createCCtx() else { return nil }
        self.context = context
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit { ZSTD_freeCCtx(context) }

    /// Compresses the next bytes and adds what comes of them; false when that fails.
    public func compress(_ bytes: [UInt8], isLast: Bool, into output: inout [UInt8]) -> Bool {
        bytes.withUnsafeBytes { source in
            var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            while true {
                var written = 0
                let left = room.withUnsafeMutableBytes { target in
                    var buffer = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                    defer { written = buffer.pos }
                    return ZSTD_compressStream2(context, &buffer, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
                }
                guard ZSTD_isError(left) == 0 else { return false }
                output += room[..<written]
                if isLast ? left == 0 : input.pos == input.size { return true }
            }
        }
    }
}
