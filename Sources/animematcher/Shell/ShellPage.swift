import CrawlEngine
import Fetching
import Markup
import Terminal
import WebStandards

/// The page a shell works on: as received, and as a tree or JSON.
struct ShellPage {
    /// What it is called in messages: its URL or its file.
    let name: String
    /// Where it was, or is said to have been.
    let url: WebURL?
    let status: Int
    let headers: HeaderFields
    let body: [UInt8]
    let text: DecodedText
    /// nil for JSON.
    let document: MarkupDocument?
    let json: JSONValue?

    /// Reads the bytes as the extractor does: JSON where it starts like JSON, else HTML.
    init(name: String, url: WebURL?, status: Int, headers: HeaderFields, body: [UInt8]) throws {
        self.name = name
        self.url = url
        self.status = status
        self.headers = headers
        self.body = body
        text = CharacterEncoding.decode(body, contentType: headers.first("content-type"))
        let first = text.bytes.first { $0 > 0x20 }
        let startsLikeJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        json = startsLikeJSON ? try? JSONValue(parsing: text.bytes) : nil
        document = json == nil ? try MarkupDocument(html: text.bytes) : nil
    }

    /// Refuses a page that leads elsewhere, and says where.
    func refuseRedirect() throws {
        guard (300...399).contains(status), status != 304 else { return }
        let target = headers.first("location").flatMap { WebURL($0, base: url) }?.href ?? "nowhere"
        throw Failure(
            "\(Console.visible(name)): answered \(status), a redirect to \(Console.visible(target)); give that address")
    }

    /// What relative links are relative to.
    var base: WebURL? { resolver?.base }

    /// Reads the page's references as the crawl does; nil where nobody said where the page was.
    var resolver: LinkResolver? {
        url.map { PageAddresses(of: document, at: $0, encoding: text.encoding).resolver }
    }

    /// One line to begin with.
    var summary: String {
        var parts = ["\(status)", "\(body.count) bytes", text.encoding.name]
        parts.append(json != nil ? "JSON" : "HTML")
        if text.hadErrors { parts.append("with bytes that are no \(text.encoding.name)") }
        if document?.isTruncated ?? false { parts.append("truncated") }
        return "\(name): \(parts.joined(separator: ", "))"
    }
}
