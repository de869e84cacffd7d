import Recommender
import WebStandards

/// Topics fitted to the descriptions at one time; later descriptions are folded in.
struct StoryTopics: Sendable {
    /// How many topics the original system had.
    static let count = 30
    /// Fewer descriptions than this for each topic say nothing; then there are fewer topics.
    private static let documentsPerTopic = 8

    private let vocabulary: TFIDF
    private let model: TopicModel
    /// Term → the word it most often stands for, to show.
    private let words: [String: String]

    /// Fits topics; nil when there is too little text.
    ///
    /// - Parameter words: Term → the word it most often stands for.
    init?(_ texts: StoryTexts, words: [String: String]) {
        let documents = texts.terms.filter { !$0.isEmpty }
        let count = min(Self.count, documents.count / Self.documentsPerTopic)
        guard count >= 2 else { return nil }
        let vocabulary = TFIDF(texts.statistics)
        guard vocabulary.vocabulary.count > count else { return nil }
        self.vocabulary = vocabulary
        self.words = words.filter { vocabulary.vocabulary.contains($0.key) }
        model = NMF(topicCount: count).fit(vocabulary.matrix(for: documents)).model
    }

    var topicCount: Int { model.topicCount }

    /// How much of each topic a text has, as shares that add up to 1; all 0 when it has no known term.
    func shares(of terms: [String]) -> [Double] {
        let weights = model.weights(for: vocabulary.row(for: terms))
        let total = weights.reduce(0, +)
        return total > 0 ? weights.map { $0 / total } : weights
    }

    /// The words that say most about a topic, as people write them.
    func words(of topic: Int, count: Int = 8) -> [String] {
        model.topWords(of: topic, vocabulary: vocabulary.vocabulary, count: count).map { words[$0] ?? $0 }
    }

    var chunks: [[UInt8]] {
        var bytes = PackedBytes()
        bytes.write(UInt32(model.topicCount))
        bytes.write(UInt32(vocabulary.vocabulary.count))
        for (term, frequency) in zip(vocabulary.vocabulary, vocabulary.inverseDocumentFrequencies) {
            bytes.write(Array(term.utf8))
            bytes.write(Array((words[term] ?? term).utf8))
            bytes.write(frequency.bitPattern)
        }
        for value in model.topics.values { bytes.write(value.bitPattern) }
        return Chunks.cut(bytes.bytes)
    }

    init?(chunks: [[UInt8]]) throws {
        guard !chunks.isEmpty else { return nil }
        var bytes = PackedBytes(Chunks.join(chunks))
        guard let topics = bytes.read(UInt32.self), let count = bytes.read(UInt32.self) else {
            throw IndexError.corrupt("topics")
        }
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
        let values = try (0..<Int(topics) * Int(count)).map { _ in
            guard let bits = bytes.read(UInt64.self) else { throw IndexError.corrupt("topics") }
            return Double(bitPattern: bits)
        }
        vocabulary = TFIDF(vocabulary: terms, inverseDocumentFrequencies: frequencies)
        model = TopicModel(topics: DenseMatrix(rowCount: Int(topics), columnCount: Int(count), values: values))
        self.words = words
    }
}
