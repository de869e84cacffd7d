public import struct Foundation.Date

/// One answer as it was received, kept so that a better spider can read it again without asking the site.
public struct RawPage: Sendable, Hashable {
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
    /// Decoded body; compressed only where it is stored.
    public let body: [UInt8]
    /// When it was asked for.
    public let fetchedAt: Date

    /// Makes a raw page.
    public init(
        site: String, url: String, page: String, status: Int, contentType: String?, body: [UInt8], fetchedAt: Date
    ) {
        self.site = site
        self.url = url
        self.page = page
        self.status = status
        self.contentType = contentType
        self.body = body
        self.fetchedAt = fetchedAt
    }
}
