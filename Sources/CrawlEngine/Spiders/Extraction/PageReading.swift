import CrawlDomain
import Markup
import WebStandards

/// One page while it is read: what it is made of, and what was found out about it so far.
///
/// Lists that cost a walk over the page, such as its labels, are made when first asked for.
final class PageReading {
    let spider: Spider
    let kind: PageKind
    let url: WebURL
    let status: Int
    let captures: [String: String]
    let content: PageContent
    /// What the answer's headers ask of crawlers.
    let headerDirectives: RobotsDirectives
    /// What the page says of addresses.
    let addresses: PageAddresses
    private(set) var values: [String: JSONValue] = [:]
    /// Keeps account of the rules that found something; nil where nobody asks.
    let use: RuleUse?
    /// The first selector that could not be answered.
    private(set) var failure: Drop?

    private(set) lazy var labels = LabelIndex(page: self)
    private(set) lazy var metaElements = PageSelectors.meta.map { select($0) } ?? []
    private(set) lazy var meta = MetaIndex(metaElements)
    private(set) lazy var linkedData = LinkedData.objects(of: self)
    private(set) lazy var title = PageSelectors.title.flatMap { select($0).first?.text } ?? ""
    private(set) lazy var placeholders = Placeholders(spider.placeholders)
    private var embedded: [String: [JSONValue]] = [:]

    init(
        spider: Spider, kind: PageKind, url: WebURL, status: Int, captures: [String: String], content: PageContent,
        headerDirectives: RobotsDirectives, use: RuleUse? = nil
    ) {
        self.spider = spider
        self.kind = kind
        self.url = url
        self.status = status
        self.captures = captures
        self.content = content
        self.headerDirectives = headerDirectives
        self.use = use
        addresses = PageAddresses(of: content.document, at: url, encoding: content.encoding)
    }

    /// What relative links are relative to.
    var base: WebURL { addresses.base }

    /// The nodes a selector finds in the page; none when it fails, which is noted.
    func select(_ selector: Selector, from node: MarkupNode? = nil) -> [MarkupNode] {
        selection(selector, from: node)?.matches ?? []
    }

    /// What a selector finds; nil when it fails or the page is no mark-up.
    func selection(_ selector: Selector, from node: MarkupNode? = nil) -> Selection? {
        guard let document = content.document else { return nil }
        do {
            return try document.select(selector, from: node)
        } catch {
            note(error, of: selector)
            return nil
        }
    }

    /// Where a selector that is direct leads from a node; nil where that is not there.
    func end(of selector: Selector, from node: MarkupNode?) -> MarkupNode? {
        do {
            return try node?.end(of: selector)
        } catch {
            note(error, of: selector)
            return nil
        }
    }

    private func note(_ error: MarkupError, of selector: Selector) {
        if failure == nil { failure = Drop(.invalidField, detail: "selector '\(selector.source)': \(error)") }
    }

    /// The JSON texts that a selector finds in attributes and scripts, parsed once.
    func embeddedJSON(_ selector: Selector, from node: MarkupNode?) -> [JSONValue] {
        if node == nil, let known = embedded[selector.source] { return known }
        let found = (selection(selector, from: node)?.matches ?? []).compactMap { try? JSONValue(parsing: $0.text) }
        if node == nil { embedded[selector.source] = found }
        return found
    }

    /// What the page asks of crawlers, in its headers and its meta elements for everybody and for us.
    private(set) lazy var robots: RobotsDirectives = {
        var directives = headerDirectives
        for node in metaElements {
            let name = node.attribute("name")?.lowercased()
            guard name == "robots" || name == Self.ownName else { continue }
            directives.add(meta: node.attribute("content") ?? "")
        }
        return directives
    }()

    private static let ownName = CrawlProfile.productToken.lowercased()

    /// Finds the page kind's named values.
    func readValues() {
        let evaluator = FieldEvaluator(page: self)
        for rule in kind.values {
            values[rule.name] = evaluator.value(of: rule, in: Scope())
        }
    }

    /// A page value, a capture of the URL, or what every page has.
    func value(named name: String) -> JSONValue? {
        if let value = values[name], value != .null { return value }
        if let capture = captures[name] { return .string(capture) }
        switch name {
        case "url": return .string(url.href)
        case "site": return .string(spider.site)
        case "host": return .string(url.host ?? "")
        default: return nil
        }
    }

    /// Whether a condition holds for the page; no condition always does.
    func holds(_ condition: Condition?) -> Bool {
        condition.map { FieldEvaluator(page: self).holds($0, in: Scope()) } ?? true
    }
}

/// Selectors every page is asked.
enum PageSelectors {
    static let title = try? Selector(css: "title")
    static let meta = try? Selector(css: "meta[content]")
    static let linkedData = try? Selector(css: "script[type='application/ld+json']")

    static var all: [Selector] {
        let addresses = [PageAddresses.baseElements, PageAddresses.refreshElements, PageAddresses.canonicalElements]
        return ([title, meta, linkedData] + addresses).compactMap(\.self)
    }
}
