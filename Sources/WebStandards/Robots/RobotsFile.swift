/// A site's robots.txt: what crawlers may ask for, and where its sitemaps are.
///
/// Hostile input is harmless: only the first 500 KiB are read, lines are cut at 16,663 bytes, and anything that is not a directive
/// is skipped. Misspelt directives and missing colons are understood as Google's parser understands them.
///
/// Source: RFC 9309; where it leaves room, Google's robots.txt specification.
public struct RobotsFile: Sendable {
    /// How escapes in rules and URLs are compared.
    public enum Dialect: Sendable, Hashable {
        /// Both sides are normalised as RFC 9309, section 2.2.2, asks: `%62` equals `b`, `%2f` equals `%2F`, `ツ` equals `%E3%83%84`;
        /// `/robots.txt` itself is always allowed.
        case rfc9309
        /// As Google's published matcher does: only the rules' bytes outside ASCII and the case of their escapes are normalised,
        /// and `Allow: /x/index.html` also allows `/x/`.
        case google
    }

    /// No more of a file is read: the least that RFC 9309, section 2.5, allows.
    public static let maximumBytes = 500 * 1024

    let bytes: [UInt8]
    let directives: [RobotsDirective]
    private let dialect: Dialect

    /// Reads the bytes of a robots.txt as UTF-8, or as UTF-16 when a byte order mark says so.
    public init(_ bytes: [UInt8], dialect: Dialect = .rfc9309) {
        self.dialect = dialect
        self.bytes = Self.prepare(bytes)
        directives = RobotsScanner.directives(in: self.bytes)
    }

    /// Reads the text of a robots.txt.
    public init(_ text: String, dialect: Dialect = .rfc9309) {
        self.init(Array(text.utf8), dialect: dialect)
    }

    /// The addresses of the site's sitemaps as written, each once.
    public var sitemaps: [String] {
        var seen: Set<String> = []
        return directives.filter { $0.kind == .sitemap }
            .map { String(decoding: bytes[$0.value], as: UTF8.self) }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// The addresses of the site's sitemaps, resolved against the address of this file; only HTTP ones, each once.
    public func sitemaps(relativeTo file: WebURL) -> [WebURL] {
        var seen: Set<WebURL> = []
        return sitemaps.compactMap { WebURL($0, base: file) }.filter { $0.isHTTP && seen.insert($0).inserted }
    }

    /// The rules for a crawler: those of all groups naming it, else those of all groups for `*`.
    ///
    /// - Parameter token: The crawler's product token, such as `AnimeMatcher`; case does not matter. Of a whole User-Agent line only
    ///   the token in front counts (not so in the Google dialect). A name with digits, which no product token may have, is compared with
    ///   them, so that `bot1` and `bot2` are two.
    public func rules(forAgent token: String) -> RobotsRules {
        rules(forAgents: [token])
    }

    /// The rules for a crawler that goes by several product tokens.
    public func rules(forAgents tokens: [String]) -> RobotsRules {
        let names = tokens.map { RobotsAgent($0, isVerbatim: dialect == .google) }
        let selection = RobotsGroupSelection(file: self, agents: names)
        return RobotsRules(selection.chosen, of: bytes, dialect: dialect)
    }

    /// Whether `name` is a product token, which robots.txt files can name: letters, hyphens and underscores only.
    public static func isProductToken(_ name: String) -> Bool {
        !name.isEmpty && productToken(Array(name.utf8)[...]).count == name.utf8.count
    }

    /// The part of an agent's name in front of the first byte that no product token may have (RFC 9309, section 2.2.1).
    static func productToken(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        name.prefix { $0.isASCIILetter || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }

    private static func prepare(_ bytes: [UInt8]) -> [UInt8] {
        let utf8 = decodingUTF16(bytes) ?? bytes
        guard utf8.count > maximumBytes else { return utf8 }
        let head = utf8[..<maximumBytes]
        let lineEnd = head.lastIndex { $0 == 0x0A || $0 == 0x0D } ?? head.startIndex
        return Array(head[..<lineEnd])
    }

    private static func decodingUTF16(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 2 else { return nil }
        let isLittle = bytes[0] == 0xFF && bytes[1] == 0xFE
        guard isLittle || (bytes[0] == 0xFE && bytes[1] == 0xFF) else { return nil }
        let end = min(bytes.count, 2 * maximumBytes) - 1
        let units = stride(from: 2, to: end, by: 2).map { index in
            isLittle
                ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
                : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
