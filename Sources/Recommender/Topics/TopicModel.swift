/// Fitted topics: what each says about terms, and how much of each a new document has.
public struct TopicModel: Sendable {
    /// How much of each term each topic has, `topics × terms`.
    public let topics: DenseMatrix
    private let terms: DenseMatrix
    private let problem: NonNegativeLeastSquares

    /// Makes a model of topics that were fitted, or stored.
    ///
    /// - Parameters:
    ///   - topics: `topics × terms`, no value below 0.
    ///   - penalty: As in `NMF`.
    ///   - l1Ratio: As in `NMF`.
    public init(topics: DenseMatrix, penalty: Double = 0, l1Ratio: Double = 0.5) {
        self.topics = topics
        terms = topics.transposed
        let scaled = penalty * Double(topics.columnCount)
        problem = NonNegativeLeastSquares(gram: terms.columnProducts, l1: scaled * l1Ratio, l2: scaled * (1 - l1Ratio))
    }

    /// The number of topics.
    public var topicCount: Int { topics.rowCount }

    /// How much of each topic a document has: one value per topic, none below 0. Depends on this document and the topics alone.
    public func weights(for document: SparseRow) -> [Double] {
        var product = [Double](repeating: 0, count: topicCount)
        for (column, value) in zip(document.columns, document.values) where column >= 0 && column < terms.rowCount {
            for (topic, weight) in terms[Int(column)].enumerated() { product[topic] += value * weight }
        }
        return problem.solve(product)
    }

    /// The same topics, those that most documents have most of first.
    public func orderedBySize(in documents: SparseMatrix) -> TopicModel {
        var sizes = [Int](repeating: 0, count: topicCount)
        for row in 0..<documents.rowCount {
            let weights = weights(for: documents[row])
            if let best = weights.max(), best > 0, let main = weights.firstIndex(of: best) { sizes[main] += 1 }
        }
        let order = sizes.indices.sorted { sizes[$0] > sizes[$1] || (sizes[$0] == sizes[$1] && $0 < $1) }
        return TopicModel(
            topics: DenseMatrix(
                rowCount: topicCount, columnCount: topics.columnCount, values: order.flatMap { Array(topics[$0]) }))
    }

    /// One topic made of shares of all.
    public func mixed(_ shares: [Double]) -> TopicModel {
        var terms = [Double](repeating: 0, count: topics.columnCount)
        for (topic, share) in shares.enumerated().prefix(topicCount) where share != 0 {
            for (term, value) in topics[topic].enumerated() { terms[term] += share * value }
        }
        return TopicModel(topics: DenseMatrix(rowCount: 1, columnCount: terms.count, values: terms))
    }

    /// The columns of the terms that a topic has most of, greatest first; of equal ones the first column.
    public func topTerms(of topic: Int, count: Int) -> [Int] {
        let values = Array(topics[topic])
        let order = values.indices.sorted { values[$0] > values[$1] || (values[$0] == values[$1] && $0 < $1) }
        return order.prefix(count).filter { values[$0] > 0 }
    }
}
