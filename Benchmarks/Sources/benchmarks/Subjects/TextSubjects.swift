import Foundation
import Recommender

/// The content side on real synopses, by the original's recipe: text → terms → weighted terms → topics.
enum TextSubjects {
    /// Shorter ones say too little to be a text.
    private static let leastLength = 140
    private static let wordNet = "/usr/share/wordnet"

    /// Those of one benchmark.
    static func all(_ workload: Workload, of benchmark: String) throws -> [Subject] {
        try all(workload).filter { $0.benchmark == benchmark }
    }

    private static func all(_ workload: Workload) throws -> [Subject] {
        let texts = try texts(workload)
        let lemmatizer = WordNetLemmatizer(
            nounIndex: try bytes("index.noun"), nounExceptions: try bytes("noun.exc"))
        let terms = terms(of: texts, lemmatizer)
        let vocabulary = TFIDF(statistics(of: terms))
        let matrix = vocabulary.matrix(for: terms)
        let counts = SparseMatrix(rows: terms.map(vocabulary.counts), columnCount: vocabulary.vocabulary.count)
        return [
            Subject("terms", unit: "texts") {
                .init(
                    operations: texts.count,
                    result: Self.terms(of: texts, lemmatizer).reduce(0) { $0 + $1.count })
            },
            Subject("tfidf", unit: "texts") {
                let matrix = TFIDF(Self.statistics(of: terms)).matrix(for: terms)
                return .init(operations: texts.count, result: matrix.valueCount)
            },
            Subject("nmf", unit: "texts") {
                .init(operations: texts.count, result: NMF(maximumIterations: 200).fit(matrix).iterations)
            },
            Subject("lda", unit: "texts") {
                let fit = LatentDirichletAllocation().fit(counts)
                return .init(operations: texts.count, result: Int(fit.perplexity))
            },
        ]
    }

    /// A pipeline of its own each time: what it remembers of words would make the second round another thing.
    private static func terms(of texts: [String], _ lemmatizer: WordNetLemmatizer) -> [[String]] {
        let pipeline = OriginalTextPipeline(lemmatizer: lemmatizer)
        return texts.map { text in
            var terms: [String] = []
            pipeline.forEachTerm(in: text) { terms.append($1) }
            return terms
        }
    }

    private static func statistics(of terms: [[String]]) -> TermStatistics {
        terms.reduce(into: TermStatistics()) { $0.add($1) }
    }

    private static func texts(_ workload: Workload) throws -> [String] {
        try workload.lines("synopses.jsonl").compactMap { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let text = object?["synopsis"] as? String, text.count >= leastLength else { return nil }
            return text
        }
    }

    private static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(wordNet)/\(name)")))
    }
}
