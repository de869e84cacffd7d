/// Turns descriptions into terms: words without stop words, as dictionary forms or stems where wanted.
///
/// Remembers what became of each word, so a long text costs little more than its tokens. Not thread-safe: one pipeline per thread.
public final class TextPipeline {
    /// What happens to a word.
    public struct Options: Sendable {
        /// Reduces nouns to their dictionary form before stemming; nil leaves them.
        public var lemmatizer: WordNetLemmatizer?
        /// Whether words are stemmed.
        public var stems: Bool
        /// Words that are left out; asked before and after the dictionary form is known.
        public var stopWords: StopWords
        /// How text is cut into words.
        public var tokenizer: Tokenizer

        /// Makes options; by default words are stemmed and not lemmatised, which gives the most coherent topics.
        public init(
            lemmatizer: WordNetLemmatizer? = nil, stems: Bool = true,
            stopWords: StopWords = .english.union(.animeDescriptions).union(.narration),
            tokenizer: Tokenizer = Tokenizer()
        ) {
            self.lemmatizer = lemmatizer
            self.stems = stems
            self.stopWords = stopWords
            self.tokenizer = tokenizer
        }
    }

    private let options: Options
    private let stemmer = Stemmer()
    private var memory = WordMemory()

    /// Makes a pipeline.
    public init(_ options: Options = Options()) {
        self.options = options
    }

    /// The terms of a text, in their order, with repetitions.
    public func terms(in text: String) -> [String] {
        var terms: [String] = []
        options.tokenizer.forEachWord(in: text) { bytes in
            if let term = term(for: String(decoding: bytes, as: UTF8.self)) { terms.append(term) }
        }
        return terms
    }

    /// What becomes of one lower-case word; nil when it is left out.
    public func term(for word: String) -> String? {
        memory.term(for: word, derivedBy: derivedTerm)
    }

    private func derivedTerm(for word: String) -> String? {
        guard !options.stopWords.contains(word) else { return nil }
        let lemma = options.lemmatizer?.lemma(of: word) ?? word
        guard !options.stopWords.contains(lemma) else { return nil }
        let term = options.stems ? stemmer.stem(lemma) : lemma
        return term.utf8.count > 1 ? term : nil
    }
}
