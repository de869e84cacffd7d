import WebStandards

extension Operations {
    static let sitemap: [String: Operation] = [
        "sitemap.parse": { input in
            let address = input.string("sitemap_url").flatMap { WebURL($0) } ?? WebURL("http://sitemap.invalid/")
            guard let address, let sitemap = try? Sitemap(input.bytes("content") ?? [], at: address) else {
                return ["error": true]
            }
            if sitemap.isTruncated, input.bool("allow_partial") == false { return ["error": true] }
            let folder = address.href.prefix(through: address.href.lastIndex(of: "/") ?? address.href.startIndex)
            let isStrict = input.bool("strict_location") ?? false
            let locations = sitemap.entries.map(\.location.href).filter { !isStrict || $0.hasPrefix(folder) }
            return ["index": .bool(sitemap.isIndex), "locs": .array(locations.map { .string($0) })]
        }
    ]
}
