import WebStandards

extension ConverterRegistry {
    mutating func registerURLs() {
        register(
            "url",
            EachConverter { value, context in
                NumberText.text(value).flatMap { WebURL($0.trimmed, base: context.base) }.map { .string($0.href) }
            })
        register(
            "image",
            EachConverter { value, context in
                NumberText.text(value).flatMap { ImageURL.original($0, base: context.base) }.map(JSONValue.string)
            })
    }
}

/// Addresses of images.
enum ImageURL {
    /// The original's address for a thumbnail's: without `/r/96x136` in the path and without the query that signs it.
    static func original(_ text: String, base: WebURL) -> String? {
        guard let url = WebURL(text.trimmed, base: base), url.isHTTP else { return nil }
        let segments = url.path.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count > 3, segments[1] == "r", isSize(segments[2]) else {
            return url.withoutFragment.replacingQuery(nil).href
        }
        return url.origin + "/" + segments[3...].joined(separator: "/")
    }

    private static func isSize(_ text: Substring) -> Bool {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }
}
