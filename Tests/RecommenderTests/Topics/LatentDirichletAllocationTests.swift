import Glibc
import TestSupport
import Testing

@testable import Recommender

@Suite("LatentDirichletAllocation")
struct LatentDirichletAllocationTests {
    /// Three blocks of four terms that never mix.
    private static let counts: SparseMatrix = {
        var generator = SplitMix64(seed: 4)
        let rows = (0..<60).map { document in
            SparseRow(
                columns: (0..<4).map { Int32(document % 3 * 4 + $0) },
                values: (0..<4).map { _ in Double(Int.random(in: 1...5, using: &generator)) })
        }
        return SparseMatrix(rows: rows, columnCount: 12)
    }()

    @Test(
        "topics that never mix are found apart, in batches and online",
        arguments: [LatentDirichletAllocation.Learning.batch, .online(batchSize: 10)])
    func separation(learning: LatentDirichletAllocation.Learning) {
        let fit = LatentDirichletAllocation(topicCount: 3, learning: learning, iterations: 30).fit(Self.counts)
        let model = TopicModel(topics: fit.topics)
        #expect(
            Set((0..<3).map { Set(model.topTerms(of: $0, count: 4)) }) == [
                [0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11],
            ])
        for document in 0..<60 {
            #expect(abs(fit.documents[document].reduce(0, +) - 1) < 1e-12)
            #expect((fit.documents[document].max() ?? 0) > 0.9)
        }
        // Four of twelve terms are possible in each document.
        #expect(fit.perplexity > 3 && fit.perplexity < 6)
    }

    @Test("more passes explain the documents better, and two fits are equal")
    func progress() {
        let once = LatentDirichletAllocation(topicCount: 3, iterations: 1).fit(Self.counts)
        let often = LatentDirichletAllocation(topicCount: 3, iterations: 20).fit(Self.counts)
        #expect(often.perplexity < once.perplexity)
        #expect(LatentDirichletAllocation(topicCount: 3, iterations: 20).fit(Self.counts).topics == often.topics)
    }

    @Test("a collection without documents is no error")
    func empty() {
        let fit = LatentDirichletAllocation(topicCount: 2).fit(SparseMatrix(rows: [], columnCount: 0))
        #expect(fit.documents.rowCount == 0)
        #expect(fit.perplexity == 1)
    }

    @Test(
        "digamma has its known values",
        arguments: [(1, -0.5772156649015329), (0.5, -1.9635100260214235), (10, 2.2517525890667211)])
    func digammaValues(value: Double, expected: Double) { #expect(abs(digamma(value) - expected) < 1e-9) }
}
