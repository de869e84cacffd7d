import CrawlDomain
import Markup
import WebStandards

/// Finds the names of people on a page: in the items read from it, in addresses, and in its JSON.
struct PeopleFinder {
    let address: PersonAddress
    /// In the order in which they were met, letter case ignored.
    private(set) var names: [String] = []
    /// What links to people are called instead of by their name; these stand for them in that place only.
    private(set) var displayNames: [String: String] = [:]
    private var seen: Set<String> = []

    /// More are not looked for on one page.
    private static let maximumNames = 20_000

    init(spider: Spider, given: [String]) {
        address = PersonAddress(spider: spider)
        given.forEach { add($0) }
    }

    private mutating func add(_ name: String?) {
        guard let name = name?.trimmed, !name.isEmpty, name.utf8.count <= 256, names.count < Self.maximumNames,
            seen.insert(name.lowercased()).inserted
        else { return }
        names.append(name)
    }

    mutating func look(at url: WebURL) { add(address.name(in: url)) }

    mutating func look(at items: [Item]) {
        for item in items {
            switch item.type {
            case .review: add(item.fields["author"]?.stringValue)
            case .user: add(item.fields["name"]?.stringValue)
            case .entry: break
            }
        }
    }

    mutating func look(at document: MarkupDocument, base: WebURL) {
        for node in Self.select(Self.links, document) {
            guard let url = node.attribute("href").flatMap({ WebURL($0, base: base) }),
                let name = address.name(in: url)
            else { continue }
            add(name)
            let text = node.normalizedText(excluding: [])
            if Self.isDisplayName(text, of: name) { displayNames[text] = name }
        }
        for node in Self.select(Self.authors, document) {
            let text = node.attribute("content") ?? node.normalizedText(excluding: [])
            if text.count <= 40, !text.contains("/") { add(text) }
        }
        for node in Self.select(Self.scripts, document) {
            if let json = try? JSONValue(parsing: node.text) { look(at: json, depth: 0) }
        }
        for node in Self.select(Self.elements, document) {
            for attribute in node.attributes where attribute.value.hasPrefix("[") || attribute.value.hasPrefix("{") {
                if let json = try? JSONValue(parsing: attribute.value) { look(at: json, depth: 0) }
            }
        }
    }

    /// People's objects, `{"user": {"name": …}}` or `{"type": "users", "attributes": {…}}`, and keys such as `user_name`.
    mutating func look(at json: JSONValue, depth: Int, isPerson: Bool = false) {
        guard depth < 64 else { return }
        if let list = json.arrayValue { for value in list { look(at: value, depth: depth + 1, isPerson: isPerson) } }
        guard let object = json.objectValue else { return }
        let isUser = isPerson || object["type"]?.stringValue == "users"
        for (key, value) in object {
            let key = key.lowercased()
            if let text = value.stringValue {
                let isName = isUser ? PersonAddress.names.contains(key) : Self.nameKeys.contains(key)
                if isName, !text.contains("/") { add(text) }
            } else {
                let isAbout = Self.peopleKeys.contains(key) || (isUser && key == "attributes")
                look(at: value, depth: depth + 1, isPerson: isAbout)
            }
        }
    }

    private static let nameKeys: Set<String> = [
        "user_name", "username", "author", "nickname", "screen_name", "display_name", "displayname", "author_name",
        "reviewer", "owner", "creator", "uploader",
    ]
    /// What is about a person.
    static let peopleKeys: Set<String> = [
        "user", "users", "author", "reviewer", "creator", "owner", "member", "profile", "uploader", "viewer",
    ]

    /// A short text without what links to profiles usually say.
    private static func isDisplayName(_ text: String, of name: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return !text.isEmpty && text.count <= 40 && words.count <= 3 && text.lowercased() != name.lowercased()
            && !words.contains { commonWords.contains(String($0)) }
    }

    private static let commonWords: Set<String> = [
        "all", "anime", "blog", "by", "comments", "edit", "friends", "history", "home", "list", "manga", "more", "my",
        "profile", "read", "review", "reviews", "see", "settings", "stats", "statistics", "user", "view",
    ]

    private static let links = try? Selector(css: "a[href]")
    private static let authors = try? Selector(css: "[rel~=author], [itemprop~=author], meta[name=author]")
    private static let scripts = try? Selector(css: "script[type*=json]")
    private static let elements = try? Selector(xpath: "//*[@*[starts-with(., '{') or starts-with(., '[')]]")

    private static func select(_ selector: Selector?, _ document: MarkupDocument) -> [MarkupNode] {
        selector.flatMap { try? document.select($0).matches } ?? []
    }
}
