import CrawlEngine
import WebStandards

extension Operations {
    static let sitemap: [String: Operation] = [
        "sitemap.parse": { input in
            let address = input.string("sitemap_url").flatMap { WebURL($0) } ?? WebURL("http://sitemap.invalid/")
            guard let address, let body = input.bytes("content") else { throw OperationError.badInput }
            guard let sitemap = try? SitemapFile.read(body, at: address) else {
                // A list of nothing is a list.
                let isText = input.string("content_type")?.hasPrefix("text/plain") ?? false
                let isMarkup = body.first { $0 > 0x20 } == UInt8(ascii: "<")
                return isText && !isMarkup ? ["index": false, "locs": []] : ["error": true]
            }
            return isRefused(sitemap, input) ? ["error": true] : listing(sitemap, at: address, input)
        }
    ]

    /// Whether the strictness that is asked for leaves nothing of the sitemap; what is not said is as in crawler-commons.
    private static func isRefused(_ sitemap: Sitemap, _ input: Input) -> Bool {
        let isFeed = sitemap.format == .rss || sitemap.format == .atom
        let allowsPartial = input.bool("allow_partial") ?? false
        if sitemap.isTruncated || !sitemap.isWellFormed, !allowsPartial { return true }
        if sitemap.hasDocumentType, !(input.bool("allow_doctype") ?? false) { return true }
        return input.bool("strict_namespace") ?? false && !isFeed && sitemap.format != .text
            && sitemap.namespace != Sitemap.protocolNamespace
    }

    private static func listing(_ sitemap: Sitemap, at address: WebURL, _ input: Input) -> JSONValue {
        let folder =
            address.origin + address.path.prefix(through: address.path.lastIndex(of: "/") ?? address.path.startIndex)
        let isStrict = input.bool("strict_location") ?? true && !sitemap.isIndex
        let locations = sitemap.entries.map(\.location.href).filter { !isStrict || $0.hasPrefix(folder) }
        return ["index": .bool(sitemap.isIndex), "locs": .array(locations.map { .string($0) })]
    }
}
