import Markup

/// Text of mark-up that stands in a value rather than in the page.
enum HTMLText {
    /// The text of a piece of HTML with line breaks where a reader sees them; nil when it cannot be read.
    static func paragraphs(of html: String) -> String? {
        guard html.utf8.contains(where: { $0 == 0x3C || $0 == 0x26 }) else { return html.trimmed }
        return (try? MarkupDocument(html: html))?.root.blockText()
    }

    /// Lines put together without empty ones at the ends, and never two empty ones together.
    static func joined(_ lines: [String]) -> String {
        var kept: [String] = []
        for line in lines where !line.isEmpty || kept.last.map({ !$0.isEmpty }) ?? false { kept.append(line) }
        while kept.last?.isEmpty ?? false { kept.removeLast() }
        return kept.joined(separator: "\n")
    }

    /// A text on one line: each run of HTML's white space and no-break spaces as one space, none at the ends.
    static func collapsed(_ text: String) -> String {
        let words = text.unicodeScalars.split { $0 == " " || (0x09...0x0D).contains($0.value) || $0.value == 0xA0 }
        return words.map { String($0) }.joined(separator: " ")
    }
}
