import TestSupport
import Testing

@testable import Recommender

/// Documents made of `topics` blocks of terms that never mix, with some noise of counts.
private func blocks(topics: Int, documents: Int, terms: Int, seed: UInt64) -> SparseMatrix {
    var generator = SplitMix64(seed: seed)
    let width = terms / topics
    let rows = (0..<documents).map { document in
        let first = (document % topics) * width
        let values = (0..<width).map { _ in Double.random(in: 0.2...1, using: &generator) }
        return SparseRow(columns: (0..<width).map { Int32(first + $0) }, values: values).normalised
    }
    return SparseMatrix(rows: rows, columnCount: terms)
}

@Suite("NMF")
struct NMFTests {
    private static let matrix = blocks(topics: 3, documents: 30, terms: 12, seed: 1)

    @Test("topics that never mix are found apart")
    func separation() {
        let fit = NMF(topicCount: 3).fit(Self.matrix)
        let tops = (0..<3).map { Set(fit.model.topTerms(of: $0, count: 4)) }
        #expect(Set(tops) == [Set(0..<4), Set(4..<8), Set(8..<12)])
        for document in 0..<30 {
            let strengths = Array(fit.documents[document])
            #expect(strengths.count { $0 > 1e-9 } == 1)
        }
    }

    @Test("the error is that of the dense product")
    func error() {
        let fit = NMF(topicCount: 2, maximumIterations: 30).fit(Self.matrix)
        let product = fit.documents.times(fit.model.topics)
        var sum = 0.0
        for row in 0..<30 {
            var dense = [Double](repeating: 0, count: 12)
            for (column, value) in zip(Self.matrix[row].columns, Self.matrix[row].values) { dense[Int(column)] = value }
            for column in 0..<12 {
                sum += (dense[column] - product[row, column]) * (dense[column] - product[row, column])
            }
        }
        #expect(abs(fit.error - sum.squareRoot()) < 1e-9)
    }

    @Test("no small change of a single value would make the objective less")
    func optimality() {
        let fit = NMF(topicCount: 3, tolerance: 1e-9, maximumIterations: 2000).fit(Self.matrix)
        let residual = Self.matrix.times(fit.model.topics.transposed)
        let gram = fit.model.topics.transposed.columnProducts
        let fitted = fit.documents.times(gram)
        for (index, value) in fit.documents.values.enumerated() {
            let gradient = fitted.values[index] - residual.values[index]
            #expect(value > 0 ? abs(gradient) < 1e-4 : gradient > -1e-4)
        }
    }

    @Test("a document of the collection folds in to what the fit gave it")
    func foldIn() {
        let fit = NMF(topicCount: 3, tolerance: 1e-9, maximumIterations: 2000).fit(Self.matrix)
        for document in 0..<30 {
            for (found, fitted) in zip(fit.model.weights(for: Self.matrix[document]), fit.documents[document]) {
                #expect(abs(found - fitted) < 1e-4)
            }
        }
        #expect(fit.model.weights(for: SparseRow()) == [0, 0, 0])
    }

    @Test("two fits are equal, bit for bit")
    func determinism() {
        let nmf = NMF(topicCount: 3, maximumIterations: 20)
        #expect(nmf.fit(Self.matrix).documents == nmf.fit(Self.matrix).documents)
    }

    @Test("a penalty shrinks the product, and one that is too strong leaves nothing")
    func penalty() {
        let bound = NMF(topicCount: 3, penalty: 0.001).fit(Self.matrix)
        let product = bound.documents.times(bound.model.topics).values.reduce(0, +)
        let free = NMF(topicCount: 3).fit(Self.matrix)
        #expect(product < free.documents.times(free.model.topics).values.reduce(0, +))
        #expect(NMF(topicCount: 3, penalty: 10).fit(Self.matrix).documents.values.allSatisfy { $0 == 0 })
    }

    @Test("an empty collection and more topics than terms are no errors")
    func degenerate() {
        #expect(NMF(topicCount: 3).fit(SparseMatrix(rows: [], columnCount: 0)).documents.rowCount == 0)
        let fit = NMF(topicCount: 5).fit(SparseMatrix(rows: [SparseRow(columns: [0], values: [1])], columnCount: 2))
        #expect(fit.error < 1e-6)
    }
}

@Suite("TruncatedSVD")
struct TruncatedSVDTests {
    @Test("singular values and vectors rebuild a matrix of low rank")
    func lowRank() {
        var generator = SplitMix64(seed: 3)
        func random(_ rows: Int, _ columns: Int) -> DenseMatrix {
            DenseMatrix(
                rowCount: rows, columnCount: columns,
                values: (0..<rows * columns).map { _ in Double.random(in: -1...1, using: &generator) })
        }
        let product = random(20, 3).times(random(3, 15))
        let rows = (0..<20).map { SparseRow(columns: Array(0..<15), values: Array(product[$0])) }
        let svd = TruncatedSVD(SparseMatrix(rows: rows, columnCount: 15), rank: 4, seed: 1)
        #expect(svd.values[3] < 1e-6)
        #expect(zip(svd.values, svd.values.dropFirst()).allSatisfy { $0 >= $1 })
        for row in 0..<20 {
            for column in 0..<15 {
                let rebuilt = (0..<3).reduce(0.0) { $0 + svd.left[row, $1] * svd.values[$1] * svd.right[column, $1] }
                #expect(abs(rebuilt - product[row, column]) < 1e-8)
            }
        }
    }
}

@Suite("TopicCoherence")
struct TopicCoherenceTests {
    private static let matrix = SparseMatrix(
        rows: [[0, 1], [0, 1], [2], [2, 3]].map { SparseRow(columns: $0, values: $0.map { _ in 1 }) }, columnCount: 4)

    @Test("terms that always stand together score 1, never together −1")
    func extremes() {
        let coherence = TopicCoherence(Self.matrix)
        #expect(abs(coherence.npmi(of: [0, 1]) - 1) < 1e-12)
        #expect(coherence.npmi(of: [0, 2]) == -1)
        #expect(abs(coherence.npmi(of: [0, 1, 2]) + 1.0 / 3) < 1e-12)
        #expect(coherence.npmi(of: [0]) == 0)
    }

    @Test("a partly shared pair lies between")
    func between() { #expect(abs(TopicCoherence(Self.matrix).npmi(of: [2, 3]) - 0.5) < 1e-12) }
}
