/// Turns descriptions into terms as the original system did, its slips included: dictionary forms, NLTK's stop words, stems, its own list
/// and scikit-learn's, in this order.
///
/// *was* and *has* become *wa* and *ha* before anybody asks whether they are stop words, which is why its own list names them. Not
/// thread-safe: one pipeline per thread.
public final class OriginalTextPipeline {
    private let lemmatizer: WordNetLemmatizer
    private let tokenizer = OriginalTokenizer()
    private let stemmer = Stemmer(.nltk)
    /// What became of a word; nil when it is left out.
    private var memory = WordMemory()

    /// Makes a pipeline with WordNet's nouns.
    public init(lemmatizer: WordNetLemmatizer) { self.lemmatizer = lemmatizer }

    /// The terms of a text, in their order, with repetitions.
    public func terms(in text: String) -> [String] {
        var terms: [String] = []
        forEachTerm(in: text) { _, term in terms.append(term) }
        return terms
    }

    /// Calls `body` with each word that is not left out, and its term.
    public func forEachTerm(in text: String, _ body: (_ word: String, _ term: String) -> Void) {
        tokenizer.forEachWord(in: text.utf8) { bytes in
            let word = String(decoding: bytes, as: UTF8.self)
            if let term = memory.term(for: word, derivedBy: derivedTerm) { body(word, term) }
        }
    }

    private func derivedTerm(for word: String) -> String? {
        let lemma = lemmatizer.lemma(of: word)
        guard !StopWords.nltk.contains(lemma) else { return nil }
        let stem = stemmer.stem(lemma)
        return StopWords.originalStems.contains(stem) || StopWords.glasgow.contains(stem) ? nil : stem
    }
}
