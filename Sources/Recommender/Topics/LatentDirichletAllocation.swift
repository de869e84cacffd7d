import Glibc

/// Finds topics as distributions over terms, of which each document is a mixture: variational Bayes, in batches or online. Deterministic.
///
/// Source: Blei, Ng & Jordan, "Latent Dirichlet Allocation", JMLR 3, 2003; Hoffman, Blei & Bach, "Online Learning for Latent Dirichlet
/// Allocation", NIPS 2010. Priors, stopping rules and the order of updates as scikit-learn's `LatentDirichletAllocation`.
public struct LatentDirichletAllocation: Sendable, Hashable {
    /// When the topics are updated.
    public enum Learning: Sendable, Hashable {
        /// After each pass over all documents.
        case batch
        /// After so many documents, by a step that gets smaller: `(offset + updates)^−decay`.
        case online(batchSize: Int = 128, offset: Double = 10, decay: Double = 0.7)
    }

    /// How many topics.
    public var topicCount: Int
    /// When the topics are updated.
    public var learning: Learning
    /// Passes over all documents.
    public var iterations: Int
    /// The seed of the first topics.
    public var seed: UInt64

    /// Makes settings; both priors are 1 / topics.
    public init(topicCount: Int = 30, learning: Learning = .batch, iterations: Int = 10, seed: UInt64 = 1) {
        self.topicCount = topicCount
        self.learning = learning
        self.iterations = iterations
        self.seed = seed
    }

    /// What came of a fit.
    public struct Fit: Sendable {
        /// Pseudo-counts of terms, `topics × terms`.
        public let topics: DenseMatrix
        /// The expected share of each topic in each document, `documents × topics`, rows with the sum 1.
        public let documents: DenseMatrix
        /// How many terms the model takes a word to be as uncertain as: `exp(−bound / words)`; less is better.
        public let perplexity: Double
    }

    /// Fits topics to counts of terms in documents.
    public func fit(_ counts: SparseMatrix) -> Fit {
        var topics = startingTopics(termCount: counts.columnCount)
        var updates = 0.0
        for _ in 0..<max(0, iterations) where counts.rowCount > 0 && topicCount > 0 {
            switch learning {
            case .batch:
                let step = VariationalStep(topics: topics, prior: prior, counts: counts)
                topics = step.statistics(rows: 0..<counts.rowCount).mapped { prior + $0 }
            case .online(let size, let offset, let decay):
                for start in stride(from: 0, to: counts.rowCount, by: max(1, size)) {
                    let rows = start..<min(start + max(1, size), counts.rowCount)
                    let step = VariationalStep(topics: topics, prior: prior, counts: counts)
                    let weight = pow(offset + updates, -decay)
                    let ratio = Double(counts.rowCount) / Double(rows.count)
                    topics.mix(step.statistics(rows: rows), weight) { prior + ratio * $0 }
                    updates += 1
                }
            }
        }
        let step = VariationalStep(topics: topics, prior: prior, counts: counts)
        let documents = step.documents()
        return Fit(
            topics: topics, documents: documents.rowsScaledToOne,
            perplexity: VariationalBound(topics: topics, documents: documents, prior: prior, counts: counts).perplexity)
    }

    private var prior: Double { 1 / Double(max(1, topicCount)) }

    /// About 1 ± 0.1 each, as from a gamma distribution of shape 100 and scale 0.01.
    private func startingTopics(termCount: Int) -> DenseMatrix {
        var generator = SeededGenerator(seed: seed)
        let count = max(0, topicCount)
        let values = (0..<count * termCount).map { _ in
            (0..<3).reduce(1.0) { sum, _ in sum + Double.random(in: -0.1...0.1, using: &generator) }
        }
        return DenseMatrix(rowCount: count, columnCount: termCount, values: values)
    }
}

extension DenseMatrix {
    fileprivate func mapped(_ transform: (Double) -> Double) -> DenseMatrix {
        DenseMatrix(rowCount: rowCount, columnCount: columnCount, values: values.map(transform))
    }

    /// `(1 − weight) · self + weight · transform(other)`.
    fileprivate mutating func mix(_ other: DenseMatrix, _ weight: Double, _ transform: (Double) -> Double) {
        for index in values.indices {
            values[index] = (1 - weight) * values[index] + weight * transform(other.values[index])
        }
    }

    fileprivate var rowsScaledToOne: DenseMatrix {
        var result = self
        for row in 0..<rowCount {
            let total = self[row].reduce(0, +)
            guard total > 0 else { continue }
            for column in 0..<columnCount { result[row, column] /= total }
        }
        return result
    }
}
