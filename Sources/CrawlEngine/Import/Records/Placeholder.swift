/// Words that data sets write where they know nothing.
enum Placeholder {
    private static let words: Set<String> = [
        "", "unknown", "nan", "null", "none", "n/a", "na", "-", "?", "not available", "no genre", "none found",
        "0000-00-00", "\\n",
    ]

    /// Beginnings of the sentences that MyAnimeList shows in place of a synopsis or a background.
    private static let sentences = [
        "no synopsis information has been added", "no synopsis has been added",
        "no description available for this anime",
        "no background information has been added",
    ]

    /// The text, or nil where it stands for nothing.
    static func removed(_ text: String) -> String? {
        guard text.utf8.count <= 300 else { return text }
        let word = text.trimmed.lowercased()
        return words.contains(word) || sentences.contains(where: word.hasPrefix) ? nil : text
    }
}
