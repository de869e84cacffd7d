import Fetching
public import WebStandards

/// A sitemap as it is served: plain, or as a gzip file.
public enum SitemapFile {
    /// Reads a body; what a gzip file says of names and lengths is not believed.
    ///
    /// - Throws: ``FetchError`` `.badEncoding` for a broken gzip file, `.bodyTooLarge` for one that unpacks to more than the limit;
    ///   ``SyntaxError`` for what is no sitemap.
    public static func read(_ body: [UInt8], at url: WebURL, limits: SitemapLimits = .init()) throws -> Sitemap {
        guard body.starts(with: [0x1F, 0x8B]) else { return try Sitemap(body, at: url, limits: limits) }
        return try Sitemap(try ContentCoding.gzip.decode(body, limit: limits.bytes), at: url, limits: limits)
    }
}
