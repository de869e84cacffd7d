/// An answer as a private cache keeps it; when, and what for, it may be used again is decided here, by values that take the time.
///
/// Source: RFC 9111. Of its freedoms these are not used: partial content, answers to HEAD and POST, and stale answers while asking anew.
public struct CachedResponse: Sendable, Hashable {
    /// What it answered.
    public let request: RequestHead
    /// As received, without the fields that belong to the connection (section 3.1).
    public internal(set) var response: ResponseHead
    /// When the request was sent, in seconds since 1970.
    public internal(set) var requestedAt: Int64
    /// When the answer came, in seconds since 1970.
    public internal(set) var receivedAt: Int64

    /// An answer to be kept; nil where it may not be, or could never be used.
    public init?(_ response: ResponseHead, to request: RequestHead, requestedAt: Int64, receivedAt: Int64) {
        guard Self.isStorable(response, to: request) else { return nil }
        self.request = request
        self.response = ResponseHead(status: response.status, fields: Self.storedFields(response.fields))
        self.requestedAt = requestedAt
        self.receivedAt = max(receivedAt, requestedAt)
        guard !validators.isEmpty || freshnessLifetime > 0 else { return nil }
    }

    /// What it can be asked for again by.
    public var validators: Validators { Validators(response.fields) }

    var cacheControl: CacheControl { CacheControl(response.fields) }

    /// Fields that are about one connection, and those that `Connection` names (sections 3.1 and 3.2).
    static func storedFields(_ fields: HeaderFields) -> HeaderFields {
        let named = Set(fields.list("Connection").map(\.asciiLowercase))
        return fields.keepingNames { !connectionFields.contains($0) && !named.contains($0) }
    }

    private static let connectionFields: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authentication-info", "proxy-authorization",
        "proxy-connection", "te", "transfer-encoding", "upgrade",
    ]
}
