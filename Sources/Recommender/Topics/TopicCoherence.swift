import Glibc

/// How well the top terms of topics belong together, by how often they stand in the same documents.
///
/// Source: Bouma, "Normalized (Pointwise) Mutual Information in Collocation Extraction", GSCL 2009.
public struct TopicCoherence: Sendable {
    private let documents: [Set<Int32>]
    private let documentCount: Int

    /// Takes a collection's documents × terms; only which values are not 0 counts.
    public init(_ matrix: SparseMatrix) {
        let turned = matrix.transposed
        documents = (0..<turned.rowCount).map { Set(turned[$0].columns) }
        documentCount = matrix.rowCount
    }

    /// The mean normalised pointwise mutual information of all pairs of terms, −1 (never together) to 1 (only together); 0 for fewer
    /// than two terms.
    public func npmi(of terms: [Int]) -> Double {
        var (sum, pairs) = (0.0, 0)
        for (position, term) in terms.enumerated() {
            for other in terms.dropFirst(position + 1) {
                sum += npmi(term, other)
                pairs += 1
            }
        }
        return pairs > 0 ? sum / Double(pairs) : 0
    }

    /// The mean over the topics of a model.
    public func npmi(of model: TopicModel, count: Int = 10) -> Double {
        let values = (0..<model.topicCount).map { npmi(of: model.topTerms(of: $0, count: count)) }
        return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    private func npmi(_ left: Int, _ right: Int) -> Double {
        let (a, b) = (documents[left], documents[right])
        let common = a.count < b.count ? a.count(where: b.contains) : b.count(where: a.contains)
        guard common > 0 else { return -1 }
        guard common < documentCount else { return 1 }
        let total = Double(documentCount)
        let joint = Double(common) / total
        return log(joint * total * total / (Double(a.count) * Double(b.count))) / -log(joint)
    }
}
