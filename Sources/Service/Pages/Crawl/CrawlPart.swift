import WebStandards

/// The part of the crawl page that is asked for again and again, as HTML.
struct CrawlPart: Sendable {
    let text: String
    /// Changes with what is shown.
    let tag: String

    init(_ view: CrawlView, _ pages: Pages) {
        text = pages.fragment("crawl-live", view)
        tag = Hexadecimal.text(SHA256.hash(Array(text.utf8)).prefix(12))
    }

    /// The part alone.
    var answer: Answer { Answer(type: "text/html; charset=utf-8", bytes: Array(text.utf8), tag: tag) }
}
