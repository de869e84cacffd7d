/// A compression named by Content-Encoding (RFC 9110, 8.4.1; RFC 7932; RFC 8878).
public enum ContentCoding: String, Sendable, CaseIterable {
    /// RFC 1952.
    case gzip
    /// The zlib format; the bare deflate data that some servers send under this name is read too.
    case deflate
    /// RFC 7932.
    case brotli = "br"
    /// RFC 8878.
    case zstd

    /// A name as it stands in a header; `x-gzip` is gzip.
    init?(name: String) {
        let name = name.lowercased()
        self.init(rawValue: name == "x-gzip" ? "gzip" : name)
    }

    /// Undoes the compression of complete data.
    ///
    /// Also of use for files that are compressed themselves, as `sitemap.xml.gz`.
    ///
    /// - Parameter limit: Most bytes to return.
    /// - Throws: `.badEncoding` when the data is broken or ends early, `.bodyTooLarge`; both without a URL.
    public func decode(_ data: [UInt8], limit: Int) throws(FetchError) -> [UInt8] {
        var output = OutputBuffer(expecting: expectedSize(of: data), limit: limit)
        let result = data.withUnsafeBufferPointer { data in
            switch self {
            case .gzip: Deflate.gzip(data, into: &output)
            case .deflate: Deflate.zlib(data, into: &output)
            case .brotli: Brotli.decode(data, into: &output)
            case .zstd: Zstandard.decode(data, into: &output)
            }
        }
        switch result {
        case .complete: return output.bytes()
        case .broken: throw FetchError(.badEncoding, url: nil, cause: "the \(rawValue) data is broken or ends early")
        case .tooLarge: throw FetchError(.bodyTooLarge, url: nil, cause: "more than \(limit) bytes after \(rawValue)")
        }
    }

    /// A guess; gzip states the length in its last four bytes, which may lie.
    private func expectedSize(of data: [UInt8]) -> Int {
        guard self == .gzip else { return data.count * 4 }
        return data.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

/// How decoding ended; the bytes are in the buffer.
enum DecodingResult {
    case complete
    case broken
    case tooLarge
}
