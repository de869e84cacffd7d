import CCompression

/// Whole-buffer decompression of deflate data (RFC 1951) in its wrappings, checksums verified.
///
/// libdeflate wants the output in one piece and in return takes half of zlib's time.
enum Deflate {
    /// One or more gzip members (RFC 1952); whatever follows the last one is ignored, as padding occurs.
    static func gzip(_ data: UnsafeBufferPointer<UInt8>, into output: inout OutputBuffer) -> DecodingResult {
        guard let tool = Decompressor() else { return .broken }
        var rest = data[...]
        repeat {
            var used = 0
            let result = tool.decode(rest, into: &output, used: &used, with: libdeflate_gzip_decompress_ex)
            guard result == .complete else { return result }
            rest = rest.dropFirst(used)
        } while rest.starts(with: [0x1f, 0x8b])
        return .complete
    }

    /// The zlib format (RFC 1950), or deflate data without any wrapping.
    static func zlib(_ data: UnsafeBufferPointer<UInt8>, into output: inout OutputBuffer) -> DecodingResult {
        guard let tool = Decompressor() else { return .broken }
        var used = 0
        let method = isZlib(data) ? libdeflate_zlib_decompress_ex : libdeflate_deflate_decompress_ex
        return tool.decode(data[...], into: &output, used: &used, with: method)
    }

    /// Whether the data begins with a zlib header: method 8 and a sum that 31 divides.
    private static func isZlib(_ data: UnsafeBufferPointer<UInt8>) -> Bool {
        data.count >= 2 && data[0] & 0x0f == 8 && (Int(data[0]) << 8 | Int(data[1])) % 31 == 0
    }
}

/// Owns libdeflate's tables.
private struct Decompressor: ~Copyable {
    typealias Method = (
        OpaquePointer?, UnsafeRawPointer?, Int, UnsafeMutableRawPointer?, Int, UnsafeMutablePointer<Int>?,
        UnsafeMutablePointer<Int>?
    ) -> libdeflate_result

    private let pointer: OpaquePointer

    init?() {
        guard let pointer = libdeflate_alloc_decompressor() else { return nil }
        self.pointer = pointer
    }

    deinit { libdeflate_free_decompressor(pointer) }

    /// Appends one stream, from its beginning again whenever the room was too small.
    func decode(
        _ data: Slice<UnsafeBufferPointer<UInt8>>, into output: inout OutputBuffer, used: inout Int, with method: Method
    ) -> DecodingResult {
        let input = UnsafeBufferPointer(rebasing: data)
        while true {
            let result = output.fill { room, made in
                method(pointer, input.baseAddress, input.count, room.baseAddress, room.count, &used, &made)
            }
            switch result {
            case LIBDEFLATE_SUCCESS: return .complete
            case LIBDEFLATE_INSUFFICIENT_SPACE:
                guard output.grow() else { return .tooLarge }
            default: return .broken
            }
        }
    }
}
