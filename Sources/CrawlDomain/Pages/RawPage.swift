public import struct Foundation.Date

/// One answer as it was received, kept so that a better spider can read it again without asking the site.
public struct RawPage: Sendable, Hashable {
    /// How a body is compressed.
    public enum Coding: String, Sendable, Hashable {
        /// Not at all; compressed where it is stored.
        case identity
        /// As the server sent it (RFC 1952): compressing it again would cost more than reading the page.
        case gzip
    }

    /// The spider's site.
    public let site: String
    /// The URL that answered, after redirects.
    public let url: String
    /// The spider's name for the kind of page.
    public let page: String
    /// The HTTP status.
    public let status: Int
    /// The Content-Type as answered, for the encoding.
    public let contentType: String?
    /// How `body` is compressed.
    public let coding: Coding
    /// The body, in that coding.
    public let body: [UInt8]
    /// Bytes of the decoded body.
    public let length: Int
    /// The hash of `body` as it was received: compressed where it came so.
    public let contentHash: ContentHash
    /// When it was asked for.
    public let fetchedAt: Date

    /// A page as it was stored.
    public init(
        site: String, url: String, page: String, status: Int, contentType: String?, coding: Coding, body: [UInt8],
        length: Int, contentHash: ContentHash, fetchedAt: Date
    ) {
        self.site = site
        self.url = url
        self.page = page
        self.status = status
        self.contentType = contentType
        self.coding = coding
        self.body = body
        self.length = length
        self.contentHash = contentHash
        self.fetchedAt = fetchedAt
    }

    /// A page as it was received.
    ///
    /// - Parameters:
    ///   - body: The decoded body.
    ///   - gzip: The same as it came, where it came compressed this way.
    public init(
        site: String, url: String, page: String, status: Int, contentType: String?, body: [UInt8],
        gzip: [UInt8]? = nil, fetchedAt: Date
    ) {
        self.init(
            site: site, url: url, page: page, status: status, contentType: contentType,
            coding: gzip == nil ? .identity : .gzip, body: gzip ?? body, length: body.count,
            contentHash: ContentHash(ofBytes: gzip ?? body), fetchedAt: fetchedAt)
    }
}
