import CCompression

/// Brotli (RFC 7932).
enum Brotli {
    static func decode(_ data: UnsafeBufferPointer<UInt8>, into output: inout OutputBuffer) -> DecodingResult {
        guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { return .broken }
        defer { BrotliDecoderDestroyInstance(state) }
        var input = data.baseAddress
        var inputLeft = data.count
        while true {
            let result = output.fill { room, made in
                var left = room.count
                var end = room.baseAddress
                defer { made = room.count - left }
                return BrotliDecoderDecompressStream(state, &inputLeft, &input, &left, &end, nil)
            }
            switch result {
            case BROTLI_DECODER_RESULT_SUCCESS: return .complete
            case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
                guard output.grow() else { return .tooLarge }
            default: return .broken
            }
        }
    }
}
