/// The addresses a site publishes for crawlers: a sitemap, an index of sitemaps, a list in plain text, or an RSS or Atom feed.
///
/// Source: sitemaps.org protocol 0.9; RSS 2.0 and 1.0; RFC 4287.
public struct Sitemap: Sendable, Hashable {
    /// The form it was published in.
    public enum Format: String, Sendable, Hashable {
        case urlSet, index, text, rss, atom
    }

    /// The form it was published in.
    public let format: Format

    /// What it lists, in its order: sitemaps if it is an index, else pages. Only HTTP addresses are taken, and only those of feeds may be
    /// relative.
    public let entries: [SitemapEntry]

    /// Whether a limit or the end of the document cut it short.
    public let isTruncated: Bool

    /// Whether it kept to the rules of XML; what could be read of one that did not is in the entries. Always true for lists in plain text.
    public let isWellFormed: Bool

    /// Whether it has a document type; what that declares is never obeyed.
    public let hasDocumentType: Bool

    /// The namespace of its outermost element; empty when it has none.
    public let namespace: String

    /// The namespace of sitemaps.
    public static let protocolNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9"

    /// Whether the entries are sitemaps.
    public var isIndex: Bool { format == .index }

    /// Reads a document, which the caller has decompressed.
    ///
    /// - Parameters:
    ///   - bytes: The document in UTF-8, UTF-16 with a byte order mark, or Latin-1 if it says so.
    ///   - url: Its address, for addresses that are relative.
    ///   - limits: What is beyond them is left out, and ``isTruncated`` says so.
    /// - Throws: ``SyntaxError`` `.notASitemap` when it is in none of the forms.
    public init(_ bytes: [UInt8], at url: WebURL, limits: SitemapLimits = .init()) throws(SyntaxError) {
        let isTooLarge = bytes.count > limits.bytes
        let text = SitemapText.utf8(isTooLarge ? Array(bytes[..<limits.bytes]) : bytes)
        let isMarkup = text.first { !XMLScanner.isSpace($0) } == UInt8(ascii: "<")
        var reader = SitemapReader(base: url, limits: limits)
        if isMarkup { reader.readMarkup(text) } else { reader.readLines(text, isCut: isTooLarge) }
        guard let format = reader.format, !isMarkup || reader.hasRoot else {
            throw SyntaxError(
                .notASitemap, offset: 0, expected: "<urlset>, <sitemapindex>, <rss>, <feed>, or an address a line")
        }
        self.format = format
        entries = reader.entries
        isTruncated = reader.isTruncated || isTooLarge
        isWellFormed = reader.isWellFormed
        hasDocumentType = reader.hasDocumentType
        namespace = reader.namespace
    }
}

/// One address of a sitemap.
public struct SitemapEntry: Sendable, Hashable {
    /// The address of the page or sitemap.
    public let location: WebURL

    /// When it changed last, in seconds since 1970; nil when that is not stated or not a date.
    public var lastModified: Int64?

    /// How often it changes, a word of the protocol such as `weekly`; nil when not stated.
    public var changeFrequency: String?

    /// Its weight among the site's pages, 0 to 1; nil when not stated.
    public var priority: Double?

    /// An entry for `location` that states nothing else.
    public init(location: WebURL) {
        self.location = location
    }
}

/// How much of a sitemap is read.
public struct SitemapLimits: Sendable, Hashable {
    /// The most bytes of a document; the rest is left out.
    public var bytes: Int

    /// The most entries; the rest is left out.
    public var entries: Int

    /// The most bytes of one address; longer ones are left out.
    public var locationBytes: Int

    /// The protocol's own limits unless stated otherwise: 50 MiB, 50,000 entries, and 2,048 bytes an address.
    public init(bytes: Int = 50 << 20, entries: Int = 50_000, locationBytes: Int = 2048) {
        self.bytes = bytes
        self.entries = entries
        self.locationBytes = locationBytes
    }
}
