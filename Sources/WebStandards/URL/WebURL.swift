/// A URL as browsers understand it: parsed, normalised and serialised by the URL Standard.
///
/// Stored as its serialisation, which is ASCII, with the places of its parts; parsing a serialisation gives the same URL.
///
/// Source: WHATWG URL Standard.
public struct WebURL: Sendable, Hashable, CustomStringConvertible {
    /// The serialised URL.
    public let href: String

    let layout: URLLayout

    init(href: String, layout: URLLayout) {
        self.href = href
        self.layout = layout
    }

    /// Parses `input`, relative to `base` if there is one; nil where the standard says failure.
    public init?(_ input: String, base: WebURL? = nil) {
        var input = input
        if let layout = input.withUTF8({ NormalURLScanner.layout(of: $0) }) {
            self.init(href: input, layout: layout)
            return
        }
        let parsed = input.withUTF8 { URLParser.parse($0, base: base) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// Parses bytes taken as UTF-8, as ``init(_:base:)`` does.
    public init?(bytes: [UInt8], base: WebURL? = nil) {
        let parsed = bytes.withUnsafeBufferPointer { URLParser.parse($0, base: base) }
        guard let parsed else { return nil }
        self = parsed
    }

    /// The scheme in lower case, without the colon.
    public var scheme: String { text(0, layout.schemeEnd) }

    /// The user name, percent-encoded; empty when absent.
    public var username: String { layout.hasAuthority ? text(layout.schemeEnd + 3, layout.usernameEnd) : "" }

    /// The password, percent-encoded; empty when absent.
    public var password: String {
        layout.hostStart > layout.usernameEnd + 1 ? text(layout.usernameEnd + 1, layout.hostStart - 1) : ""
    }

    /// The host: a domain in ASCII, an IPv4 address in dotted decimals or an IPv6 address in brackets; nil when there is none.
    public var host: String? { layout.hasAuthority ? text(layout.hostStart, layout.hostEnd) : nil }

    /// The port, nil when absent or the scheme's default.
    public var port: UInt16? { layout.port }

    /// The path, percent-encoded.
    public var path: String { text(layout.pathStart, layout.pathEnd(in: count)) }

    /// The query without `?`, percent-encoded; nil when absent.
    public var query: String? {
        layout.queryStart.map { text($0 + 1, layout.fragmentStart ?? count) }
    }

    /// The fragment without `#`, percent-encoded; nil when absent.
    public var fragment: String? { layout.fragmentStart.map { text($0 + 1, count) } }

    /// The port to connect to: ``port``, else the scheme's default, nil for schemes without one.
    public var effectivePort: UInt16? { layout.port ?? layout.kind.defaultPort }

    /// The origin of an HTTP, WebSocket or FTP URL, such as `https://example.com:8443`; `null` for others.
    public var origin: String {
        guard layout.kind.defaultPort != nil else { return "null" }
        return "\(scheme)://\(text(layout.hostStart, layout.authorityEnd))"
    }

    /// Whether the scheme is `http` or `https`.
    public var isHTTP: Bool { layout.kind == .http || layout.kind == .https }

    /// Whether the path is a plain text instead of segments, as in `mailto:` and `data:`.
    public var hasOpaquePath: Bool { layout.hasOpaquePath }

    /// Whether there is a user name or a password.
    public var hasCredentials: Bool { layout.hasAuthority && layout.hostStart > layout.schemeEnd + 3 }

    /// What an HTTP request line asks for: the path and the query.
    public var requestTarget: String { text(layout.pathStart, layout.fragmentStart ?? count) }

    /// The serialised URL.
    public var description: String { href }

    /// The same URL without its fragment.
    public var withoutFragment: WebURL {
        guard let start = layout.fragmentStart else { return self }
        var layout = layout
        layout.fragmentStart = nil
        return WebURL(href: text(0, start), layout: layout)
    }

    /// The same URL without user name and password.
    public var withoutCredentials: WebURL {
        guard hasCredentials else { return self }
        return WebURL(text(0, layout.schemeEnd + 3) + text(layout.hostStart, count)) ?? self
    }

    /// The same URL with another query, percent-encoded where needed; nil removes it.
    public func replacingQuery(_ query: String?) -> WebURL {
        let head = text(0, layout.pathEnd(in: count))
        let tail = layout.fragmentStart.map { text($0, count) } ?? ""
        let middle = query.map { "?" + $0.replacing("#", with: "%23") } ?? ""
        return WebURL(head + middle + tail) ?? self
    }

    /// Whether both have the same serialisation.
    public static func == (left: Self, right: Self) -> Bool { left.href == right.href }

    /// Feeds the serialisation to the hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(href) }

    var count: Int { href.utf8.count }

    /// The bytes from `start` up to `end` of the serialisation.
    func bytes(_ start: Int, _ end: Int) -> Substring.UTF8View {
        let utf8 = href.utf8
        return utf8[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end)]
    }

    func text(_ start: Int, _ end: Int) -> String {
        String(Substring(bytes(start, end)))
    }
}

extension WebURL: Comparable {
    /// The order of the serialisations.
    public static func < (left: Self, right: Self) -> Bool { left.href < right.href }
}

extension WebURL: Codable {
    /// Reads a serialised URL.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let url = WebURL(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an absolute URL")
        }
        self = url
    }

    /// Writes the serialised URL.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(href)
    }
}
