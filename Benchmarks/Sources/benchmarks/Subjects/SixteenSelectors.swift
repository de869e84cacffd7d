import Markup

/// What is read from an anime page: sixteen things, all matches or the first.
enum SixteenSelectors {
    /// A thing's name, whether all matches are wanted, and its selector in both languages.
    ///
    /// Texts beside a label cannot be said in CSS; there both are XPath.
    private static let things: [(name: String, all: Bool, xpath: String, css: String?)] = [
        ("title", false, "//h1[contains(@class,'title-name')]/strong/text()", "h1[class*='title-name'] > strong::text"),
        ("title_en", false, "//p[contains(@class,'title-english')]/text()", "p[class*='title-english']::text"),
        ("synopsis", true, "//p[@itemprop='description']//text()", "p[itemprop='description'] ::text"),
        ("score", false, "//span[@itemprop='ratingValue']/text()", "span[itemprop='ratingValue']::text"),
        ("scored_by", false, "//span[@itemprop='ratingCount']/text()", "span[itemprop='ratingCount']::text"),
        ("image", false, "//img[@itemprop='image']/@data-src", "img[itemprop='image']::attr(data-src)"),
        (
            "type", false, "//span[@class='dark_text'][.='Type:']/following-sibling::a/text()",
            "span[class='dark_text']:contains('Type:') ~ a::text"
        ),
        ("episodes", false, "//span[@class='dark_text'][.='Episodes:']/following-sibling::text()", nil),
        ("aired", false, "//span[@class='dark_text'][.='Aired:']/following-sibling::text()", nil),
        ("members", false, "//span[@class='dark_text'][.='Members:']/following-sibling::text()", nil),
        (
            "studios", true, "//span[@class='dark_text'][.='Studios:']/following-sibling::a/text()",
            "span[class='dark_text']:contains('Studios:') ~ a::text"
        ),
        ("genres", true, "//span[@itemprop='genre']/text()", "span[itemprop='genre']::text"),
        (
            "related", true, "//table[@class='anime_detail_related_anime']//a/@href",
            "table[class='anime_detail_related_anime'] a::attr(href)"
        ),
        ("recs", true, "//li[contains(@class,'btn-anime')]/a/@href", "li[class*='btn-anime'] > a::attr(href)"),
        (
            "characters", true, "//h3[@class='h3_characters_voice_actors']/a/text()",
            "h3[class='h3_characters_voice_actors'] > a::text"
        ),
        ("links", true, "//a[starts-with(@href,'/anime/')]/@href", "a[href^='/anime/']::attr(href)"),
    ]

    /// The things with their compiled selectors.
    static func xpath() throws -> [(selector: Selector, all: Bool)] {
        try things.map { (try Selector(xpath: $0.xpath), $0.all) }
    }

    /// The things with their compiled selectors, in CSS where CSS can say them.
    static func css() throws -> [(selector: Selector, all: Bool)] {
        try things.map { thing in
            (try thing.css.map { try Selector(css: $0) } ?? Selector(xpath: thing.xpath), thing.all)
        }
    }

    /// The CSS sources.
    static var cssSources: [String] { things.compactMap(\.css) }

    /// Reads the things of a page; how many texts that gave.
    static func read(_ document: MarkupDocument, _ selectors: [(selector: Selector, all: Bool)]) throws -> Int {
        var found = 0
        for (selector, all) in selectors {
            let selection = try document.select(selector)
            if all {
                found += selection.strings.count
            } else if selection.strings.contains(where: { !$0.allSatisfy(\.isWhitespace) }) {
                found += 1
            }
        }
        return found
    }
}
