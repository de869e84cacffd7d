/// A synopsis and who wrote it: `… [Written by MAL Rewrite]`, `… (Source: ANN)`.
struct Attribution {
    /// The text without the attribution.
    let text: String
    /// Who wrote it, as named; nil when nobody is.
    let source: String?

    init(of text: String) {
        let found = Self.pattern?.matches(in: text) ?? []
        let names = found.compactMap { ($0[1] ?? $0[2])?.trimmed }.filter { !$0.isEmpty }
        source = names.isEmpty ? nil : names.joined(separator: "; ")
        guard !found.isEmpty, let pattern = Self.pattern else {
            self.text = text
            return
        }
        let lines = pattern.replacing(in: text, with: "").split(separator: "\n", omittingEmptySubsequences: false)
        self.text = HTMLText.joined(lines.map { String($0).trimmed })
    }

    private static let pattern = try? Pattern(
        #"(?i)\[\s*written by:?\s+([^\]]*)\]|[(\[]\s*sources?\s*:\s*((?:[^()\[\]]|\([^()]*\))*)[)\]]"#)
}
