/// The words that a page or a spider needs, so that they cannot be taken for names: of mark-up and of URL patterns.
struct PageWords {
    private var words: Set<String> = []

    init(_ bytes: [UInt8], spider: Spider) {
        for kind in spider.pages {
            for pattern in kind.patterns { add(pattern.source) }
        }
        add(spider.site)
        spider.hosts.forEach { add($0.host) }
        words.formUnion(Self.keys)
        for token in MarkupScanner.tokens(of: bytes) where token.kind == .start {
            words.insert(token.name)
            for attribute in token.attributes {
                words.insert(attribute.name)
                if Self.structural.contains(attribute.name) {
                    add(String(decoding: bytes[attribute.value], as: UTF8.self))
                }
            }
        }
    }

    /// Attributes whose values mark-up and selectors go by.
    private static let structural: Set<String> = [
        "class", "id", "type", "rel", "itemprop", "itemtype", "property", "name", "http-equiv", "role", "for", "lang",
    ]

    /// Keys that JSON usually has; the rarer ones may be people.
    private static let keys: Set<String> = [
        "text", "title", "name", "type", "url", "data", "attributes", "reviews", "review", "items", "item", "date",
        "score",
        "content", "body", "image", "images", "user", "users", "author", "anime", "status", "results", "list", "node",
        "edges",
    ]

    private mutating func add(_ text: String) {
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }) {
            words.insert(word.lowercased())
        }
    }

    func contains(_ name: String) -> Bool { words.contains(name.lowercased()) }
}
