import CrawlDomain
import Markup
import WebStandards

/// A body as a tree of mark-up, as JSON, or as neither.
struct PageContent {
    /// Why a body cannot be read at all.
    struct Failure: Error { let drop: Drop }

    /// The body in UTF-8.
    let bytes: [UInt8]
    /// The encoding it was in.
    let encoding: CharacterEncoding
    let document: MarkupDocument?
    let json: JSONValue?

    /// Reads a body, and makes mark-up ready for selectors. JSON is read as mark-up when it is none, and the other way round, so that a wall put in front of a page
    /// is still recognised by what it says.
    static func read(
        _ body: [UInt8], contentType: String?, as kind: PageKind.Document, selectors: SelectorSet?,
        limits: ExtractionLimits
    ) -> Result<PageContent, Failure> {
        func failure(_ reason: DropReason, _ detail: String) -> Result<PageContent, Failure> {
            .failure(Failure(drop: Drop(reason, detail: detail)))
        }
        guard body.count <= limits.maximumBytes else {
            return failure(.tooLarge, "\(body.count) bytes; at most \(limits.maximumBytes) are read")
        }
        guard body.contains(where: { $0 > 0x20 }) else { return failure(.emptyPage, "the body is empty") }
        let decoded = CharacterEncoding.decode(body, contentType: contentType)
        let (bytes, encoding) = (decoded.bytes, decoded.encoding)
        guard !isBinary(bytes, contentType: contentType) else {
            return failure(
                kind == .json ? .notJSON : .notHTML, "the body is binary (\(contentType ?? "no content type"))")
        }
        if startsLikeJSON(bytes) {
            return .success(
                PageContent(
                    bytes: bytes, encoding: encoding, document: nil, json: try? JSONValue(parsing: bytes)))
        }
        guard bytes.prefix(4_096).contains(0x3C) else {
            return failure(kind == .json ? .notJSON : .notHTML, "the body has neither mark-up nor JSON")
        }
        do {
            let document = try MarkupDocument(html: decoded, limits: limits.markup)
            if let selectors { document.prepare(for: selectors) }
            return .success(PageContent(bytes: bytes, encoding: encoding, document: document, json: nil))
        } catch {
            return failure(.notHTML, "\(error)")
        }
    }

    /// The drop for a body that is of another kind than the page, or that stops in the middle.
    func incompleteness(mustClose: Bool, document kind: PageKind.Document) -> Drop? {
        switch kind {
        case .json:
            if json != nil { return nil }
            if Self.startsLikeJSON(bytes), !Self.endsLikeJSON(bytes) {
                return Drop(.truncatedPage, detail: "the JSON stops in the middle")
            }
            return Drop(.notJSON, detail: "the body is not JSON")
        case .html:
            guard let document else { return Drop(.notHTML, detail: "the body is JSON, not HTML") }
            if document.isTruncated {
                return Drop(.truncatedPage, detail: "the page is larger than what is read of it")
            }
            if mustClose, !endsLikeHTML { return Drop(.truncatedPage, detail: "</html> is missing") }
            return nil
        }
    }

    /// Whether a page that opens `<html` also closes it; a piece of a page need not.
    private var endsLikeHTML: Bool {
        let end = bytes.suffix(4_096)
        if ByteText.contains("</html", in: end) || ByteText.contains("</body", in: end) { return true }
        return !ByteText.contains("<html", in: bytes.prefix(4_096))
    }

    private static func isBinary(_ bytes: [UInt8], contentType: String?) -> Bool {
        if bytes.prefix(1_024).contains(0) { return true }
        let type = (contentType ?? "").lowercased()
        return ["image/", "audio/", "video/", "font/", "application/pdf", "application/zip"].contains {
            type.hasPrefix($0)
        }
    }

    private static func startsLikeJSON(_ bytes: [UInt8]) -> Bool {
        let first = bytes.first { $0 > 0x20 }
        return first == 0x7B || first == 0x5B
    }

    private static func endsLikeJSON(_ bytes: [UInt8]) -> Bool {
        let last = bytes.last { $0 > 0x20 }
        return last == 0x7D || last == 0x5D
    }
}

/// Searching bytes for ASCII texts.
enum ByteText {
    /// Whether ASCII text stands in the bytes; letters match in either case.
    static func contains(_ text: StaticString, in bytes: ArraySlice<UInt8>) -> Bool {
        let wanted = text.withUTF8Buffer { Array($0) }
        guard let first = wanted.first, bytes.count >= wanted.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            (0...bytes.count - wanted.count).contains { start in
                lower(bytes[start]) == first && wanted.indices.allSatisfy { lower(bytes[start + $0]) == wanted[$0] }
            }
        }
    }

    /// Whether a text stands in the bytes, letter for letter.
    static func contains(_ text: String, in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer(ByteSearch(Array(text.utf8)).isFound)
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
