import CrawlEngine
import Markup
import WebStandards

extension Operations {
    static let links: [String: Operation] = [
        "links.extract": { input in
            let encoding = input.string("encoding").flatMap { CharacterEncoding(label: $0) } ?? .utf8
            let body = CharacterEncoding.decode(
                input.bytes("body") ?? [], contentType: "text/html; charset=\(encoding.name)")
            guard let url = input.string("url").flatMap({ WebURL($0) }) else { throw OperationError.badInput }
            let document =
                input.string("response_type") == "XmlResponse"
                ? try MarkupDocument(xml: body.bytes, namespaces: .removed) : try MarkupDocument(html: body.bytes)
            let addresses = PageAddresses(of: document, at: url, encoding: encoding)
            let extractor = try LinkExtractor(scrapyOptions: input["options"] ?? [:])
            let links = try extractor.links(in: document, resolver: addresses.resolver)
            return .array(links.map { .string($0.url.href) })
        }
    ]
}

/// Why an operation cannot be answered.
enum OperationError: Error { case badInput }

extension LinkExtractor {
    /// Reads the arguments of Scrapy's `LinkExtractor`; each takes one value or several.
    fileprivate init(scrapyOptions options: JSONValue) throws {
        self.init()
        func texts(_ key: String) -> [String]? {
            guard let value = options[key], !value.isNull else { return nil }
            return value.arrayValue?.compactMap(\.stringValue) ?? value.stringValue.map { [$0] }
        }
        func patterns(_ key: String) throws -> [Pattern] { try (texts(key) ?? []).map { try Pattern($0) } }
        filter.allow = try patterns("allow")
        filter.deny = try patterns("deny")
        filter.allowDomains = texts("allow_domains") ?? []
        filter.denyDomains = texts("deny_domains") ?? []
        filter.restrictText = try patterns("restrict_text")
        if let extensions = texts("deny_extensions") { filter.denyExtensions = Set(extensions) }
        if let names = texts("tags") { tags = Set(names) }
        if let names = texts("attrs") { attributes = Set(names) }
        denyTags = Set(texts("deny_tags") ?? [])
        denyAttributes = Set(texts("deny_attrs") ?? [])
        parts = try (texts("restrict_xpaths") ?? []).map { try Selector(xpath: $0) }
        parts += try (texts("restrict_css") ?? []).map { try Selector(css: $0) }
        isCanonical = options["canonicalize"]?.boolValue ?? false
        isUnique = options["unique"]?.boolValue ?? true
    }
}
