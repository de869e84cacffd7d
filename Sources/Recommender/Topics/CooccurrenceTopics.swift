import Glibc

/// Finds topics as groups of terms that stand in the same documents: `NMF` of terms × terms instead of documents × terms.
///
/// Each pair of terms has its normalised pointwise mutual information, 0 where that is negative, times the fourth root of the product of
/// their document counts, so that frequent words say more, and times `n / (n + 1)` for `n` documents with both, so that what two texts
/// happen to share says less. What two words share because both are frequent counts for nothing, which
/// makes topics more coherent and less alike than those of TF-IDF rows (docs/decisions/0097-topics-of-words-that-meet.md).
///
/// Source: Bouma, "Normalized (Pointwise) Mutual Information in Collocation Extraction", GSCL 2009; the discount: Pantel
/// & Lin, "Discovering Word Senses from Text", KDD 2002; the idea of factorising it: Levy & Goldberg, "Neural Word Embedding as Implicit
/// Matrix Factorization", NIPS 2014.
public struct CooccurrenceTopics: Sendable, Hashable {
    /// How the matrix is factorised.
    public var factorisation: NMF

    /// Makes settings.
    public init(topicCount: Int = 30, maximumIterations: Int = 60) {
        factorisation = NMF(topicCount: topicCount, tolerance: 1e-3, maximumIterations: maximumIterations)
    }

    /// Fits topics to documents × terms, of which only counts which values are not 0; a topic's values have the length 1 together.
    public func fit(_ matrix: SparseMatrix) -> TopicModel {
        let topics = factorisation.fit(Self.associations(matrix)).model.topics
        let rows = (0..<topics.rowCount).flatMap { topic -> [Double] in
            let length = topics[topic].reduce(0) { $0 + $1 * $1 }.squareRoot()
            return topics[topic].map { length > 0 ? $0 / length : 0 }
        }
        return TopicModel(
            topics: DenseMatrix(rowCount: topics.rowCount, columnCount: topics.columnCount, values: rows))
    }

    /// How strongly terms are associated, terms × terms: symmetric, 0 on the diagonal.
    static func associations(_ matrix: SparseMatrix) -> SparseMatrix {
        let turned = matrix.transposed
        let frequencies = (0..<turned.rowCount).map { Double(turned.columns(of: $0).count) }
        let mean = frequencies.reduce(0, +) / Double(max(1, frequencies.count))
        let weights = frequencies.map { ($0 / max(mean, 1)).squareRoot().squareRoot() }
        let total = Double(matrix.rowCount)
        let logs = frequencies.map { $0 > 0 ? log($0 / total) : 0 }
        var together = [Int32](repeating: 0, count: matrix.columnCount)
        let rows = (0..<turned.rowCount).map { term -> SparseRow in
            for document in turned.columns(of: term) {
                for other in matrix.columns(of: Int(document)) { together[Int(other)] += 1 }
            }
            var (columns, values): ([Int32], [Double]) = ([], [])
            for other in together.indices where together[other] > 0 {
                let count = Double(together[other])
                let joint = log(count / total)
                together[other] = 0
                // Terms that stand in every document say nothing.
                guard other != term, joint < 0 else { continue }
                let information = (joint - logs[term] - logs[other]) / -joint
                guard information > 0 else { continue }
                columns.append(Int32(other))
                values.append(information * weights[term] * weights[other] * count / (count + 1))
            }
            return SparseRow(columns: columns, values: values)
        }
        return SparseMatrix(rows: rows, columnCount: matrix.columnCount)
    }
}
