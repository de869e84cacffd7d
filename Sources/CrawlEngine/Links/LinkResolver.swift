public import Markup
public import WebStandards

/// Makes URLs of the references on one page.
///
/// A reference is read as a browser reads it: white space at its ends and line breaks inside are dropped, its query is written in the page's
/// encoding. Only HTTP URLs come out, without fragment on demand and without credentials always.
///
/// Source: URL standard, section 4.4; HTML standard, section 2.4.2, "encoding-parsing a URL".
public struct LinkResolver: Sendable {
    /// What relative references are relative to.
    public let base: WebURL
    private let encoder: QueryEncoder?

    /// Resolves against a base on a page of an encoding.
    public init(base: WebURL, encoding: CharacterEncoding = .utf8) {
        self.base = base
        encoder = QueryEncoder(encoding)
    }

    /// The URL of a reference; nil when it is none, or leads to anything but a web page.
    public func url(_ reference: String) -> WebURL? {
        guard let url = WebURL(encodingQuery(of: reference), base: base), url.isHTTP else { return nil }
        return url.withoutCredentials
    }

    private func encodingQuery(of reference: String) -> String {
        guard let encoder, let mark = reference.firstIndex(of: "?"), reference.utf8.contains(where: { $0 >= 0x80 })
        else { return reference }
        let end = reference[mark...].firstIndex(of: "#") ?? reference.endIndex
        // A fragment before the first question mark has no query behind it.
        guard !reference[..<mark].contains("#") else { return reference }
        return reference[..<mark] + encoder.encode(reference[mark..<end]) + reference[end...]
    }
}
