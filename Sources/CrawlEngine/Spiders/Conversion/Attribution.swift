/// A synopsis and who wrote it: `… [Written by MAL Rewrite]`, `… (Source: ANN)`.
///
/// In brackets it may stand anywhere, since remarks can follow it; without them only at the end.
struct Attribution {
    /// The text without the attribution.
    let text: String
    /// Who wrote it, as named; nil when nobody is.
    let source: String?

    init(of text: String) {
        var (rest, names): (String, [String]) = (text, [])
        for pattern in Self.patterns {
            let found = pattern.matches(in: rest)
            guard !found.isEmpty else { continue }
            names += found.compactMap { ($0[1] ?? $0[2] ?? $0[3])?.trimmed }
            rest = pattern.replacing(in: rest, with: "")
        }
        names.removeAll { $0.isEmpty }
        source = names.isEmpty ? nil : names.joined(separator: "; ")
        guard rest != text else {
            self.text = text
            return
        }
        let lines = rest.split(separator: "\n", omittingEmptySubsequences: false)
        self.text = HTMLText.joined(lines.map { String($0).trimmed })
    }

    private static let patterns = [bracketed, bare].compactMap(\.self)

    /// In brackets, the last of which may be missing at the end; the word for source as people of other languages write it.
    private static let bracketed = try? Pattern(
        #"(?i)[(\[]\s*(?:re-?)?writt*en by:?\s+([^\])]*)[\])]"#
            + #"|[(\[]\s*(?:sources?|quellen?|fuentes?|fontes?|出典|источник)\s*[:：]\s*((?:[^()\[\]]|\([^()]*\))*)(?:[)\]]|$)"#
            + #"|[(\[]\s*sources?\s+([^()\[\]\n]{2,60})[)\]]\s*$"#)
    /// On a line of its own, or behind the last sentence.
    private static let bare = try? Pattern(
        #"(?i)(?:^|\n)[ \t]*(?:[-–—~*]+\s*)?(?:sources?\s*[:：]\s*|writt*en by:?\s+)([^\n]{2,80}?)\s*$"#
            + #"|[ \t]+(?:[-–—~]+\s*)?sources?\s*[:：]\s*([^\n.]{2,60}?)\.?\s*$"#)
}
