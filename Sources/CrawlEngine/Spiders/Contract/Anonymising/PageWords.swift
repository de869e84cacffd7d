/// The words that a page or a spider needs, so that they cannot be taken for names: of mark-up and of URL patterns.
struct PageWords {
    private var words: Set<String> = []

    init(_ bytes: [UInt8], spider: Spider) {
        for kind in spider.pages {
            for pattern in kind.patterns { add(pattern.source) }
        }
        add(spider.site)
        spider.hosts.forEach { add($0.host) }
        for token in MarkupScanner.tokens(of: bytes) where token.kind == .start {
            words.insert(token.name)
            for attribute in token.attributes {
                words.insert(attribute.name)
                if attribute.name == "class" { add(String(decoding: bytes[attribute.value], as: UTF8.self)) }
            }
        }
    }

    private mutating func add(_ text: String) {
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }) {
            words.insert(word.lowercased())
        }
    }

    func contains(_ name: String) -> Bool { words.contains(name.lowercased()) }
}
