import Glibc

/// How well a fitted latent Dirichlet allocation explains documents.
struct VariationalBound {
    /// `exp(−bound / words)`; 1 without words.
    let perplexity: Double

    /// - Parameters:
    ///   - topics: Pseudo-counts, `topics × terms`.
    ///   - documents: Dirichlet parameters, `documents × topics`.
    ///   - prior: Of documents over topics and of topics over terms.
    ///
    /// Source: Hoffman, Blei & Bach, NIPS 2010, equation 4.
    init(topics: DenseMatrix, documents: DenseMatrix, prior: Double, counts: SparseMatrix) {
        let (logDocuments, logTopics) = (Self.expectedLogs(documents), Self.expectedLogs(topics).transposed)
        var (bound, words) = (0.0, 0.0)
        for row in 0..<counts.rowCount {
            for (place, column) in counts.columns(of: row).enumerated() {
                let count = counts.value(row, place)
                bound += count * Self.logSumOfProducts(logDocuments[row], logTopics[Int(column)])
                words += count
            }
        }
        bound += Self.divergence(documents, logDocuments, prior)
        bound += Self.divergence(topics, logTopics.transposed, prior)
        perplexity = words > 0 ? exp(-bound / words) : 1
    }

    private static func expectedLogs(_ matrix: DenseMatrix) -> DenseMatrix {
        var result = matrix
        for row in 0..<matrix.rowCount {
            let total = digamma(matrix[row].reduce(0, +))
            for column in 0..<matrix.columnCount { result[row, column] = digamma(matrix[row, column]) - total }
        }
        return result
    }

    private static func logSumOfProducts(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Double {
        let sums = zip(left, right).map(+)
        let greatest = sums.max() ?? 0
        return greatest + log(sums.reduce(0) { $0 + exp($1 - greatest) })
    }

    /// `E[log p(x | prior)] − E[log q(x)]` of all rows.
    private static func divergence(_ matrix: DenseMatrix, _ logs: DenseMatrix, _ prior: Double) -> Double {
        let width = Double(matrix.columnCount)
        return (0..<matrix.rowCount).reduce(0) { sum, row in
            let values = matrix[row]
            let cross = zip(values, logs[row]).reduce(0) { $0 + (prior - $1.0) * $1.1 }
            let normalisers = values.reduce(0) { $0 + lgamma($1) - lgamma(prior) }
            return sum + cross + normalisers + lgamma(prior * width) - lgamma(values.reduce(0, +))
        }
    }
}
