/// A template as a site brings it out one day: the same page for its readers, in which a spider no longer finds some fields.
///
/// The synopsis is named by a class of its own instead of schema.org's property, below another heading; or the labels of the left column are.
enum NewTemplate {
    private static func renamed(_ part: TemplatePart) -> [(String, String)] {
        switch part {
        case .story:
            [
                ("<p itemprop=\"description\">", "<p class=\"synopsis-text\">"),
                ("<h2 id=\"synopsis\">Synopsis</h2>", "<h2 id=\"story\">Story</h2>"),
            ]
        case .column: [("<span class=\"dark_text\">", "<span class=\"row-label\">")]
        }
    }

    static func apply(to response: inout Response, changing part: TemplatePart) {
        guard response.contentType.hasPrefix("text/html") else { return }
        var text = String(decoding: response.body, as: UTF8.self)
        for (old, new) in renamed(part) { text = text.replacing(old, with: new) }
        response.body = Array(text.utf8)
    }
}
