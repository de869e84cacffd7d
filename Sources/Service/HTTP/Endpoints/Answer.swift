import Exports
import HTTPTypes
import Hummingbird
import WebStandards

/// What is answered, before it is known what the client has already and how it wants to have it.
struct Answer: Sendable {
    var status = HTTPResponse.Status.ok
    let type: String
    let bytes: [UInt8]
    /// Stands for this very answer; nil for one that may be other at any time.
    var tag: String?
    /// Who may keep a tagged answer for how long: the client alone, asking again each time, for an index version may come at any moment.
    var caching = "private, no-cache"

    /// The same bytes compressed with gzip, where they were once for all; nil to compress them for each answer.
    var compressed: [UInt8]?

    /// False for what is compressed in itself.
    var isCompressible = true

    /// JSON.
    ///
    /// - Parameter tag: Of the index version and whatever else the answer is made of.
    static func json(_ value: JSONValue, tag: String? = nil, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, type: "application/json", bytes: value.serializedBytes(), tag: tag)
    }

    /// JSON that is written already.
    static func json(bytes: [UInt8], tag: String?) -> Answer {
        Answer(type: "application/json", bytes: bytes, tag: tag)
    }

    /// The response to a request: 304 where the client has it, compressed where it likes that.
    func response(to request: Request) -> Response {
        var headers: HTTPFields = [.contentType: type]
        if let tag {
            headers[.eTag] = "W/\"\(tag)\""
            headers[.cacheControl] = caching
            if request.headers[.ifNoneMatch].map({ Self.has($0, tag) }) == true {
                return Response(status: .notModified, headers: headers)
            }
        }
        headers[.vary] = "Accept-Encoding"
        var body = bytes
        if isCompressible, bytes.count >= Self.leastCompressed,
            Self.acceptsGzip(request.headers[.acceptEncoding] ?? ""),
            let shorter = compressed ?? Gzip.member(bytes, level: 1)
        {
            headers[.contentEncoding] = "gzip"
            body = shorter
        }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// Shorter ones fit into one packet anyway.
    private static let leastCompressed = 1_200

    /// Weak comparison (RFC 9110, section 13.1.2).
    private static func has(_ field: String, _ tag: String) -> Bool {
        field.split(separator: ",").contains { part in
            let text = part.trimmingPrefix(while: \.isWhitespace)
            return text == "*" || text.trimmingPrefix("W/").prefix { $0 != " " } == "\"\(tag)\""
        }
    }

    /// Whether gzip is named and not refused (RFC 9110, section 12.5.3).
    private static func acceptsGzip(_ field: String) -> Bool {
        field.lowercased().split(separator: ",").contains { part in
            let words = part.filter { !$0.isWhitespace }.split(separator: ";")
            return (words.first == "gzip" || words.first == "*")
                && !words.dropFirst().contains {
                    $0.hasPrefix("q=0") && !$0.contains(where: { ("1"..."9").contains($0) })
                }
        }
    }
}
