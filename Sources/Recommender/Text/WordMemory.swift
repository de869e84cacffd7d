/// What became of words, so that each is thought about once.
struct WordMemory {
    private static let maximumCount = 200_000
    private var terms: [String: String?] = [:]

    /// What became of a word; nil when it is left out.
    mutating func term(for word: String, derivedBy derive: (String) -> String?) -> String? {
        if let known = terms[word] { return known }
        let term = derive(word)
        if terms.count >= Self.maximumCount { terms.removeAll(keepingCapacity: true) }
        terms[word] = .some(term)
        return term
    }
}
