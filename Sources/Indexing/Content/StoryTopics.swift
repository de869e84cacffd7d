import Recommender
import WebStandards

/// Topics fitted to the descriptions at one time; later descriptions are folded in.
struct StoryTopics: Sendable {
    /// How many topics the original system had.
    static let count = 30
    /// Fewer descriptions than this for each topic say nothing; then there are fewer topics.
    private static let documentsPerTopic = 8
    /// How the chunks are written.
    private static let format: UInt32 = 0x5450_0002

    private let vocabulary: TFIDF
    let fitted: FittedTopics

    /// Fits topics; nil when there is too little text.
    ///
    /// - Parameter words: Term → the word it most often stands for.
    init?(_ texts: StoryTexts, words: [String: String]) {
        self.init(documents: texts.terms.filter { !$0.isEmpty }, statistics: texts.statistics, words: words)
    }

    /// Fits topics to terms of descriptions, none of them empty; nil when there are too few.
    init?(documents: [[String]], statistics: TermStatistics, words: [String: String], topicCount: Int = Self.count) {
        let count = min(topicCount, documents.count / Self.documentsPerTopic)
        guard count >= 2 else { return nil }
        let vocabulary = TFIDF(statistics, scale: .logarithm)
        guard vocabulary.vocabulary.count > count else { return nil }
        let matrix = vocabulary.matrix(for: documents)
        let model = CooccurrenceTopics(topicCount: count).fit(matrix).orderedBySize(in: matrix)
        let coherence = TopicCoherence(matrix)
        self.vocabulary = vocabulary
        fitted = FittedTopics(
            model, vocabulary: vocabulary.vocabulary, words: words.filter { vocabulary.contains($0.key) },
            coherences: (0..<model.topicCount).map {
                coherence.npmi(of: model.topTerms(of: $0, count: FittedTopics.coherenceWords))
            })
    }

    var topicCount: Int { fitted.model.topicCount }

    /// How much of each topic a text has, as shares that add up to 1; all 0 when it has no known term.
    ///
    /// Needs this text and the topics alone, so a new or changed anime has its topics at once.
    func shares(of terms: [String]) -> [Double] {
        let weights = fitted.model.weights(for: vocabulary.row(for: terms))
        let total = weights.reduce(0, +)
        return total > 0 ? weights.map { $0 / total } : weights
    }

    /// The words that say most about a topic, as people write them.
    func words(of topic: Int, count: Int = 8) -> [String] { fitted.words(of: topic, count: count) }

    /// A term as people write it; nil for one that was not known when the topics were fitted.
    func word(for term: String) -> String? { vocabulary.contains(term) ? fitted.words[term] ?? term : nil }

    var chunks: [[UInt8]] {
        var bytes = PackedBytes()
        bytes.write(Self.format)
        bytes.write(UInt32(topicCount))
        bytes.write(UInt32(vocabulary.vocabulary.count))
        for (term, frequency) in zip(vocabulary.vocabulary, vocabulary.inverseDocumentFrequencies) {
            bytes.write(Array(term.utf8))
            bytes.write(Array((fitted.words[term] ?? term).utf8))
            bytes.write(frequency.bitPattern)
        }
        for value in fitted.coherences + fitted.model.topics.values { bytes.write(value.bitPattern) }
        return Chunks.cut(bytes.bytes)
    }

    init?(chunks: [[UInt8]]) throws {
        guard !chunks.isEmpty else { return nil }
        var bytes = PackedBytes(Chunks.join(chunks))
        guard bytes.read(UInt32.self) == Self.format, let topics = bytes.read(UInt32.self),
            let count = bytes.read(UInt32.self)
        else { throw IndexError.corrupt("topics") }
        var terms: [String] = []
        var frequencies: [Double] = []
        var words: [String: String] = [:]
        for _ in 0..<count {
            guard let term = bytes.readBlock(), let word = bytes.readBlock(), let bits = bytes.read(UInt64.self)
            else { throw IndexError.corrupt("topics") }
            terms.append(String(decoding: term, as: UTF8.self))
            words[terms[terms.count - 1]] = String(decoding: word, as: UTF8.self)
            frequencies.append(Double(bitPattern: bits))
        }
        let coherences = try bytes.readDoubles(Int(topics))
        let values = try bytes.readDoubles(Int(topics) * Int(count))
        vocabulary = TFIDF(vocabulary: terms, inverseDocumentFrequencies: frequencies, scale: .logarithm)
        let model = TopicModel(topics: DenseMatrix(rowCount: Int(topics), columnCount: Int(count), values: values))
        fitted = FittedTopics(model, vocabulary: terms, words: words, coherences: coherences)
    }
}

extension PackedBytes {
    fileprivate mutating func readDoubles(_ count: Int) throws -> [Double] {
        var values: [Double] = []
        for _ in 0..<count {
            guard let bits = read(UInt64.self) else { throw IndexError.corrupt("topics") }
            values.append(Double(bitPattern: bits))
        }
        return values
    }
}
