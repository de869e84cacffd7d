import Recommender

/// Topics with everything that is shown of them, however they were fitted.
struct FittedTopics: Sendable {
    /// How many words the coherence of a topic is measured by.
    static let coherenceWords = 10

    let model: TopicModel
    let vocabulary: [String]
    /// Term → the word it most often stands for, to show.
    let words: [String: String]
    /// Of each topic: the mean normalised pointwise mutual information of its first ten terms.
    let coherences: [Double]

    /// The topics of a model, in an order of their own.
    init(_ model: TopicModel, vocabulary: [String], words: [String: String], coherences: [Double]) {
        self.model = model
        self.vocabulary = vocabulary
        self.words = words
        self.coherences = coherences
    }

    /// The words that say most about a topic, as people write them; each word once.
    func words(of topic: Int, count: Int) -> [String] { words(of: model, topic: topic, count: count) }

    /// The words that say most about a mixture of topics.
    func words(mixed shares: [Double], count: Int) -> [String] {
        words(of: model.mixed(shares), topic: 0, count: count)
    }

    private func words(of model: TopicModel, topic: Int, count: Int) -> [String] {
        var shown: [String] = []
        for term in model.topTerms(of: topic, count: count * 2) {
            let word = words[vocabulary[term]] ?? vocabulary[term]
            if !shown.contains(word) { shown.append(word) }
            if shown.count == count { break }
        }
        return shown
    }

    /// How many of the terms that the topics start with are different, of all they start with, 0 to 1.
    var diversity: Double {
        let all = (0..<model.topicCount).flatMap { model.topTerms(of: $0, count: Self.coherenceWords) }
        return all.isEmpty ? 0 : Double(Set(all).count) / Double(all.count)
    }
}
