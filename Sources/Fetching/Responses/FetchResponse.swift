public import WebStandards

/// A complete answer, whatever its status; redirects are returned, not followed.
public struct FetchResponse: Sendable {
    /// What was asked for.
    public var url: WebURL
    /// Three digits, as sent.
    public var status: Int
    /// Of the final answer only; trailers are dropped.
    public var headers: HeaderFields
    /// Decoded by Content-Encoding.
    public var body: [UInt8]
    /// The body as it came, where it came in one coding; kept instead of compressing the decoded one again.
    public private(set) var received: (coding: ContentCoding, bytes: [UInt8])?
    /// Whether the body was cut at the limit, which only `FetchLimits.Overflow.truncate` does.
    public var isTruncated: Bool
    /// The numeric address that answered: the host's, or the proxy's.
    public var connectedAddress: String
    /// The version that the connection agreed on.
    public var protocolVersion: HTTPVersion
    /// Whether the host proved its name by a trusted certificate.
    public var tlsVerified: Bool
    /// Connections opened for this request; 0 when a kept one was used.
    public var newConnections: Int
    /// Bytes of the body before decoding.
    public var wireBytes: Int
    /// Where the time went.
    public var timing: FetchTiming

    /// A response, for tests and recorded material.
    public init(
        url: WebURL, status: Int, headers: HeaderFields = [:], body: [UInt8] = [], isTruncated: Bool = false,
        connectedAddress: String = "", protocolVersion: HTTPVersion = .http11, tlsVerified: Bool = false,
        newConnections: Int = 0, wireBytes: Int = 0, timing: FetchTiming = .init()
    ) {
        self.url = url
        self.status = status
        self.headers = headers
        self.body = body
        self.isTruncated = isTruncated
        self.connectedAddress = connectedAddress
        self.protocolVersion = protocolVersion
        self.tlsVerified = tlsVerified
        self.newConnections = newConnections
        self.wireBytes = wireBytes
        self.timing = timing
    }
}

extension FetchResponse {
    /// As the rules of HTTP read it.
    public var head: ResponseHead { ResponseHead(status: status, fields: headers) }

    /// With the body as it was before Content-Encoding; on the caller's thread, so that others are not kept waiting.
    consuming func decoded(limit: Int) throws(FetchError) -> FetchResponse {
        guard !body.isEmpty else { return self }
        let codings = try ContentCodings(headers)
        guard !isTruncated || codings.isEmpty else {
            throw FetchError(.bodyTooLarge, url: nil, cause: "an encoded body cannot be cut")
        }
        let received = body
        body = try codings.decode(received, limit: limit)
        self.received = codings.only.map { ($0, received) }
        return self
    }
}
