import Glibc
import Testing

@testable import Recommender

@Suite("RankingEvaluation")
struct RankingEvaluationTests {
    private static let seen = [Rating(user: 1, item: 10, value: 9), Rating(user: 2, item: 11, value: 5)]
    private static let test = [
        Rating(user: 1, item: 11, value: 8), Rating(user: 1, item: 12, value: 7), Rating(user: 2, item: 12, value: 3),
    ]
    private static let evaluation = RankingEvaluation(test: test, seen: seen, catalogue: Set(10...19))

    @Test("a perfect list scores 1")
    func perfect() {
        let metrics = Self.evaluation.metrics(of: [1: [11, 12], 2: [12]])
        #expect(metrics.liked.users == 1)
        #expect(metrics.any.users == 2)
        #expect([metrics.liked.ndcg10, metrics.any.ndcg10, metrics.any.ndcg100, metrics.any.recall20] == [1, 1, 1, 1])
        #expect(metrics.coverage10 == 0.2)
    }

    @Test("a hit counts less the later it comes")
    func discount() {
        let metrics = Self.evaluation.metrics(of: [1: [13, 14, 11], 2: []])
        #expect(abs(metrics.liked.ndcg10 - 1 / log2(4)) < 1e-12)
        let ideal = 1 + 1 / log2(3.0)
        #expect(abs(metrics.any.ndcg10 - (0.5 / ideal) / 2) < 1e-12)
        #expect(metrics.any.recall20 == 0.25)
    }

    @Test("known, doubled and foreign items are skipped and the ranks close up")
    func cleaning() {
        let metrics = Self.evaluation.metrics(of: [1: [10, 99, 11, 11, 12], 2: [12]])
        #expect(metrics.dropped == 3)
        #expect(metrics.any.ndcg10 == 1)
    }

    @Test("somebody without a list scores 0")
    func missing() { #expect(Self.evaluation.metrics(of: [2: [12]]).any.ndcg10 == 0.5) }
}
