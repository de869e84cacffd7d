/// The part of a page that libxml2 is shown.
struct ParserInput {
    private(set) var bytes: [UInt8]
    private(set) var isTruncated: Bool

    init(_ page: [UInt8], language: AttributeFlood.Language, limits: MarkupLimits) {
        isTruncated = page.count > limits.readableBytes
        bytes = isTruncated ? Array(page.prefix(limits.readableBytes)) : page
        // The HTML standard drops NUL in text; to libxml2 it ends the page.
        if bytes.contains(0) { bytes.removeAll { $0 == 0 } }
        let flood = AttributeFlood(language: language, limit: limits.maximumAttributesPerElement)
        if let end = flood.start(in: bytes) {
            bytes.removeSubrange(end...)
            isTruncated = true
        }
    }
}
