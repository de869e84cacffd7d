/// A synopsis and who wrote it: `… [Written by MAL Rewrite]`, `… (Source: ANN)`.
///
/// Prose has such words too ("the novel (written by …) tells"), so only square and curly brackets count anywhere, round ones at the end
/// of a line, and no brackets at all only at the end of the text, behind a whole sentence.
struct Attribution {
    /// The text without the attribution.
    let text: String
    /// Who wrote it, as named; nil when nobody is.
    let source: String?

    init(of text: String) {
        var (rest, names): (String, [String]) = (text, [])
        // What stands behind an attribution may be one too.
        for _ in 0..<4 {
            let before = rest
            for form in AttributionForm.all { names += form.take(from: &rest) }
            if rest == before { break }
        }
        guard rest != text else {
            (self.text, source) = (text, nil)
            return
        }
        let places = names.map { (name: $0, place: text.firstRange(of: $0)?.lowerBound ?? text.endIndex) }
        let ordered = places.sorted { $0.place < $1.place }.map(\.name)
        source = ordered.isEmpty ? nil : ordered.joined(separator: "; ")
        let lines = rest.split(separator: "\n", omittingEmptySubsequences: false)
        self.text = HTMLText.joined(lines.map { String($0).trimmed })
    }
}
