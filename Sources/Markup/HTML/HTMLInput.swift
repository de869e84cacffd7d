import Glibc

/// The part of a page that the parser is shown: UTF-8 without NUL, not longer than the limit.
struct HTMLInput {
    private let bytes: [UInt8]
    let isTruncated: Bool

    /// - Parameter isUTF8: Whether that is known of the page already.
    init(_ page: [UInt8], isUTF8: Bool, limits: MarkupLimits) {
        let most = limits.readableBytes
        isTruncated = page.count > most
        var bytes = page
        if isTruncated { bytes.removeLast(page.count - Self.characterStart(in: page, before: most)) }
        // The HTML standard drops NUL in text.
        if Self.hasNUL(bytes) { bytes.removeAll { $0 == 0 } }
        self.bytes = isUTF8 || UTF8Check.isValid(bytes) ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    /// The place of the character that the byte at `place` belongs to, so that a cut leaves no part of it.
    private static func characterStart(in page: [UInt8], before place: Int) -> Int {
        var place = place
        while place > 0, page[place] & 0xC0 == 0x80 { place -= 1 }
        return place
    }

    private static func hasNUL(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false }
    }

    func parse(limits: MarkupLimits) throws(MarkupError) -> HTMLParser.Outcome {
        try bytes.withUnsafeBufferPointer { page throws(MarkupError) in try HTMLParser.parse(page, limits: limits) }
    }
}
