import CCompression

/// Zstandard (RFC 8878), frame after frame.
enum Zstandard {
    /// The largest window that Content-Encoding may need: 8 MiB (RFC 9659).
    private static let windowLog: Int32 = 23

    static func decode(_ data: UnsafeBufferPointer<UInt8>, into output: inout OutputBuffer) -> DecodingResult {
        guard let context = ZSTD_createDCtx() else { return .broken }
        defer { ZSTD_freeDCtx(context) }
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLog)
        var input = ZSTD_inBuffer(src: data.baseAddress, size: data.count, pos: 0)
        while true {
            let hint = output.fill { room, made in
                var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                defer { made = target.pos }
                return ZSTD_decompressStream(context, &target, &input)
            }
            if ZSTD_isError(hint) != 0 { return .broken }
            // 0 says that a frame is complete and wholly written.
            if hint == 0, input.pos == input.size { return .complete }
            if output.isFull {
                guard output.grow() else { return .tooLarge }
            } else if input.pos == input.size {
                return .broken
            }
        }
    }
}
