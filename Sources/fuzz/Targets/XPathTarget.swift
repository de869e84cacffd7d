import Markup

/// Compiling an XPath expression, and evaluating it on a small page.
struct XPathTarget: FuzzTarget {
    static let name = "xpath"
    let seeds = [
        "//a[contains(@href, 'x')]/following-sibling::text()", "count(//li) + 1 div 0", "string(//h1[last()])",
        "//*[has-class('a')]",
        "normalize-space((//p | //li)[position() mod 2 = 1])", "//a[starts-with(@href,'/anime/')]/@href",
        "translate('a', 'b', 'c')",
        "//span[.='Type:']/ancestor::div[1]//a[not(@rel)]", "substring-before(concat('a', 'b'), \"b\")",
        "/html/body/*[2]/..",
    ]
    let dictionary = [
        "//", "/", "..", ".", "@", "*", "[", "]", "(", ")", "|", "=", "!=", "<", ">=", " and ", " or ", " div ",
        " mod ", "-", "+",
        "position()", "last()", "text()", "node()", "comment()", "ancestor::", "following::", "preceding-sibling::",
        "self::",
        "string(", "number(", "count(", "sum(", "not(", "contains(", "translate(", "substring(", "id(", "has-class(",
        "'", "\"",
        ",", "$x", "a:b", "1", "1e9", "-1", ".5", "//*", "//*//*", "[1]", "é", "\u{0}", "lang(", "round(", "key(",
    ]
    let members: Set<String> = ["xpath", "query"]

    func check(_ input: [UInt8]) throws {
        let source = String(decoding: input, as: UTF8.self)
        let selector: Selector
        do { selector = try Selector(xpath: source) } catch { return try checkPlace(error, in: source) }
        let document = try MarkupDocument(html: SmallPage.html, limits: SmallPage.limits)
        try SmallPage.check(selector, on: document)
        if let element = document.root.childElements.last { _ = try? element.select(selector) }
    }
}
