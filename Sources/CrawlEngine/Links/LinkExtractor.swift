public import Markup
import WebStandards

/// Finds the links of a page: which elements and attributes hold them, in which parts of the page, and which are wanted.
///
/// The options are those of Scrapy's `LinkExtractor`, with the same meaning; links that lead to anything but web pages are always left out.
public struct LinkExtractor: Sendable {
    /// Names of elements that hold links; `*` stands for all.
    public var tags: Set<String> = ["a", "area"]
    /// Names of attributes that hold addresses; `*` stands for all.
    public var attributes: Set<String> = ["href"]
    /// Names of elements that are left out.
    public var denyTags: Set<String> = []
    /// Names of attributes that are left out.
    public var denyAttributes: Set<String> = []
    /// Parts of the page that are looked at, each in its turn; none means the whole page.
    public var parts: [Selector] = []
    /// Which links are wanted.
    public var filter = LinkFilter()
    /// Whether URLs come in canonical form, without fragment.
    public var isCanonical = false
    /// Whether each URL comes once.
    public var isUnique = true
    /// Most links that are returned.
    public var maximumLinks = 20_000

    private static let elements = try? Selector(css: "*")
    /// Elements that are looked at, and bytes of text that are taken: parts and links that lie inside each other count anew each time.
    private static let maximumElements = 1_000_000
    private static let maximumText = 4 << 20

    /// Finds the links of `a` and `area` elements.
    public init() {}

    /// The links of a page, in its order.
    ///
    /// - Throws: ``MarkupError`` when a selector of ``parts`` cannot be answered.
    public func links(in document: MarkupDocument, resolver: LinkResolver) throws(MarkupError) -> [PageLink] {
        var links: [PageLink] = []
        var seen: Set<String> = []
        var textLeft = Self.maximumText
        for element in try elements(of: document) {
            guard tags.includes(element.name), !denyTags.contains(element.name) else { continue }
            for (name, value) in element.attributes where attributes.includes(name) && !denyAttributes.contains(name) {
                guard links.count < maximumLinks else { return links }
                guard let link = link(of: element, value, resolver, textLeft: &textLeft), filter.allows(link) else {
                    continue
                }
                let found = isCanonical ? link.canonical : link
                if !isUnique || seen.insert(found.url.href).inserted { links.append(found) }
            }
        }
        return links
    }

    /// All elements of the wanted parts; an element of two parts comes twice.
    private func elements(of document: MarkupDocument) throws(MarkupError) -> [MarkupNode] {
        guard let all = Self.elements else { return [] }
        guard !parts.isEmpty else { return try document.select(all).matches }
        var elements: [MarkupNode] = []
        for part in parts {
            for root in try document.select(part).matches where root.kind == .element {
                guard elements.count < Self.maximumElements else { return elements }
                elements += try document.select(all, from: root).matches
            }
        }
        return elements
    }

    private func link(
        of element: MarkupNode, _ value: String, _ resolver: LinkResolver, textLeft: inout Int
    ) -> PageLink? {
        guard let url = resolver.url(value) else { return nil }
        let text = textLeft > 0 ? element.text : ""
        textLeft -= text.utf8.count
        return PageLink(url: url, text: text, isNofollow: LinkRelation.isNofollow(element.attribute("rel")))
    }
}

extension PageLink {
    fileprivate var canonical: PageLink {
        PageLink(url: CanonicalURL(url).url, text: text, isNofollow: isNofollow)
    }
}

extension Set<String> {
    /// Whether a name is in the set, or `*` stands for all.
    fileprivate func includes(_ name: String) -> Bool { contains(name) || contains("*") }
}
