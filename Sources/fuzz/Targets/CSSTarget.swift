import Markup

/// Compiling a CSS selector, and evaluating it on a small page.
struct CSSTarget: FuzzTarget {
    static let name = "css"
    let seeds = [
        "div > p.a#b[href^='x' i]:not(.c):nth-child(2n+1 of li)::text", "a[href$=html]::attr(href)",
        "h1 + p ~ a, ul li:first-child",
        ":is(h1, h2):has(> b):contains('x')", "*|a |b ns|c", "a:lang(en):link:checked:root:empty:only-of-type",
        "\\31 23 .\\66oo",
        "li:nth-last-of-type(-n + 3)", "[data-x]:scope > div", "div:where(.a, .b) > :nth-child(even)",
    ]
    let dictionary = [
        ":not(", ":is(", ":where(", ":has(", ":nth-child(", "2n+1", "-n+3", "even", "odd", " of ", ")", "[", "]", "=",
        "~=", "|=",
        "^=", "$=", "*=", "'", "\"", "\\", "\\0", "\\10FFFF ", ">", "+", "~", ",", " ", "*", "|", "::text", "::attr(",
        ":scope",
        ":root", ":empty", ":lang(", ":contains(", "/*", "*/", "\n", ".a", "#a", "é", "--", "-", "i]",
        "99999999999999999999",
    ]
    let members: Set<String> = ["css", "selector"]

    func check(_ input: [UInt8]) throws {
        let source = String(decoding: input, as: UTF8.self)
        let document = try MarkupDocument(html: SmallPage.html, limits: SmallPage.limits)
        for language in [Selector.Language.html, .xml] {
            let selector: Selector
            do { selector = try Selector(css: source, language: language) } catch {
                try checkPlace(error, in: source)
                continue
            }
            try SmallPage.check(selector, on: document)
            try require(try Selector(css: source, language: language) == selector, "compiled differently")
        }
    }
}
