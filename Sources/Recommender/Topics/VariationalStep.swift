import Glibc

/// The E step of latent Dirichlet allocation: how much of each topic each document has, with the topics fixed.
struct VariationalStep {
    private static let maximumSweeps = 100
    /// Done when the parameters of a document change by less than this on average.
    private static let tolerance = 1e-3

    private let prior: Double
    private let counts: SparseMatrix
    private let topicCount: Int
    /// `exp(E[log β])`, `terms × topics`.
    private let terms: DenseMatrix

    /// - Parameters:
    ///   - topics: Pseudo-counts, `topics × terms`.
    ///   - prior: Of documents over topics.
    init(topics: DenseMatrix, prior: Double, counts: SparseMatrix) {
        self.prior = prior
        self.counts = counts
        topicCount = topics.rowCount
        var terms = DenseMatrix(rowCount: topics.columnCount, columnCount: topics.rowCount)
        for topic in 0..<topics.rowCount {
            let total = digamma(topics[topic].reduce(0, +))
            for term in 0..<topics.columnCount { terms[term, topic] = exp(digamma(topics[topic, term]) - total) }
        }
        self.terms = terms
    }

    /// The Dirichlet parameters of all documents, `documents × topics`.
    func documents() -> DenseMatrix {
        var result = DenseMatrix(rowCount: counts.rowCount, columnCount: topicCount)
        for row in 0..<counts.rowCount {
            let document = solve(row)
            for topic in 0..<topicCount { result[row, topic] = document.parameters[topic] }
        }
        return result
    }

    /// How often each topic is expected to have produced each term in some documents, `topics × terms`.
    func statistics(rows: Range<Int>) -> DenseMatrix {
        var sums = DenseMatrix(rowCount: terms.rowCount, columnCount: topicCount)
        for row in rows {
            let document = solve(row)
            for (place, column) in counts.columns(of: row).enumerated() {
                let scale = counts.value(row, place) / (document.norms[place])
                for topic in 0..<topicCount {
                    sums[Int(column), topic] += document.expectations[topic] * scale
                }
            }
        }
        for index in sums.values.indices { sums.values[index] *= terms.values[index] }
        return sums.transposed
    }

    private struct Document {
        var parameters: [Double]
        /// `exp(E[log θ])`.
        var expectations: [Double]
        /// The probability of each of its terms, up to a factor.
        var norms: [Double]
    }

    private func solve(_ row: Int) -> Document {
        let columns = counts.columns(of: row)
        var document = Document(
            parameters: Array(repeating: 1, count: topicCount), expectations: [],
            norms: Array(repeating: 0, count: columns.count))
        document.expectations = Self.expectations(document.parameters)
        for _ in 0..<Self.maximumSweeps {
            var sums = [Double](repeating: 0, count: topicCount)
            sweep(row, columns, &document, &sums)
            var change = 0.0
            for topic in 0..<topicCount {
                let updated = document.expectations[topic] * sums[topic] + prior
                change += abs(updated - document.parameters[topic])
                document.parameters[topic] = updated
            }
            document.expectations = Self.expectations(document.parameters)
            if change < Self.tolerance * Double(topicCount) { break }
        }
        for (place, column) in columns.enumerated() { document.norms[place] = norm(document.expectations, column) }
        return document
    }

    private func sweep(_ row: Int, _ columns: ArraySlice<Int32>, _ document: inout Document, _ sums: inout [Double]) {
        sums.withUnsafeMutableBufferPointer { sums in
            terms.values.withUnsafeBufferPointer { terms in
                guard let sums = sums.baseAddress, let terms = terms.baseAddress else { return }
                for (place, column) in columns.enumerated() {
                    let scale = counts.value(row, place) / norm(document.expectations, column)
                    addScaled(scale, terms + Int(column) * topicCount, to: sums, count: topicCount)
                }
            }
        }
    }

    private func norm(_ expectations: [Double], _ column: Int32) -> Double {
        var sum = Double.leastNormalMagnitude
        terms.values.withUnsafeBufferPointer { terms in
            let base = Int(column) * topicCount
            for topic in 0..<topicCount { sum += expectations[topic] * terms[base + topic] }
        }
        return sum
    }

    private static func expectations(_ parameters: [Double]) -> [Double] {
        let total = digamma(parameters.reduce(0, +))
        return parameters.map { exp(digamma($0) - total) }
    }
}
