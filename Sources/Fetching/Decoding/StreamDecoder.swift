import CCompression

/// Undoes the compression of a file piece by piece, so that a file of any size needs the memory of two pieces.
///
/// Whole bodies are quicker through ``ContentCoding``: libdeflate, which it uses, cannot work in pieces.
public final class StreamDecoder {
    /// Most bytes of one decoded piece.
    public static let pieceBytes = 256 << 10

    private enum Engine {
        case gzip(UnsafeMutablePointer<z_stream>)
        case zstd(OpaquePointer)
    }

    private let engine: Engine
    private var input: [UInt8] = []
    private var position = 0
    private var isComplete = false
    /// Whether the last piece was full, so that more may come of what was taken already: a frame of zstd without a check sum has nothing left
    /// to read then.
    private var mayHaveMore = false

    /// Starts at the beginning of a file.
    ///
    /// - Parameter coding: `.gzip` or `.zstd`; others are not read in pieces.
    public init?(_ coding: ContentCoding) {
        switch coding {
        case .gzip:
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            guard ccompression_inflate_init(stream) == Z_OK else {
                stream.deallocate()
                return nil
            }
            engine = .gzip(stream)
        case .zstd:
            guard let context = ZSTD_createDCtx() else { return nil }
            ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLog)
            engine = .zstd(context)
        case .deflate, .brotli: return nil
        }
    }

    /// The largest window of a file: 128 MiB, which is what the `zstd` program itself takes without being asked.
    private static let windowLog: Int32 = 27

    deinit {
        switch engine {
        case .gzip(let stream):
            inflateEnd(stream)
            stream.deallocate()
        case .zstd(let context): ZSTD_freeDCtx(context)
        }
    }

    /// How a file that begins so is compressed, as far as it can be read here; nil when it is not.
    public static func coding(of head: [UInt8]) -> ContentCoding? {
        if head.starts(with: [0x1F, 0x8B]) { return .gzip }
        if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
        return nil
    }

    /// The next decoded piece; nil at the end.
    ///
    /// - Parameter more: The next bytes of the file; nil at its end.
    /// - Throws: `.badEncoding` when the data is broken or ends early; what `more` throws.
    public func next(_ more: () throws -> [UInt8]?) throws -> [UInt8]? {
        while true {
            if position == input.count, !mayHaveMore {
                guard let bytes = try more() else {
                    guard isComplete else { throw broken }
                    return nil
                }
                (input, position) = (bytes, 0)
            }
            // What follows the last member of a gzip file is padding.
            if case .gzip(let stream) = engine, isComplete {
                guard input[position] == 0x1F else {
                    position = input.count
                    continue
                }
                guard inflateReset(stream) == Z_OK else { throw broken }
            }
            let piece = try decode()
            if !piece.isEmpty { return piece }
        }
    }

    private var broken: FetchError {
        FetchError(.badEncoding, url: nil, cause: "the compressed data is broken or ends early")
    }

    private func decode() throws(FetchError) -> [UInt8] {
        var isBroken = false
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceBytes) { room, made in
            input.withUnsafeBufferPointer { input in
                switch engine {
                case .gzip(let stream):
                    stream.pointee.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + position) }
                    stream.pointee.avail_in = UInt32(input.count - position)
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    let result = inflate(stream, Z_NO_FLUSH)
                    position = input.count - Int(stream.pointee.avail_in)
                    made = room.count - Int(stream.pointee.avail_out)
                    isComplete = result == Z_STREAM_END
                    isBroken = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR
                case .zstd(let context):
                    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: position)
                    var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                    let hint = ZSTD_decompressStream(context, &target, &source)
                    (position, made) = (source.pos, target.pos)
                    // 0 says that a frame is complete and wholly written.
                    isComplete = hint == 0
                    isBroken = ZSTD_isError(hint) != 0
                }
            }
        }
        if isBroken { throw broken }
        mayHaveMore = piece.count == Self.pieceBytes && !isComplete
        return piece
    }
}
