import Glibc
import Testing

@testable import Recommender

@Suite("RankingEvaluation")
struct RankingEvaluationTests {
    /// Person 0 has rated item 0 and is held out 1 (liked) and 2; person 1 has rated 1 and is held out 2. Person 2 has nothing held out.
    private static let seen = RatingLists(userCount: 3, users: [0, 1, 2], items: [0, 1, 4], values: [9, 5, 9])
    private static let test = RatingLists(userCount: 3, users: [0, 0, 1], items: [1, 2, 2], values: [8, 7, 3])
    private static let evaluation = RankingEvaluation(
        test: test, seen: seen, catalogue: 0..<10, ratingCounts: [4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 0])

    @Test("a perfect list scores 1")
    func perfect() {
        let metrics = Self.evaluation.metrics(of: [[1, 2], [2]])
        #expect(Self.evaluation.users == [0, 1])
        #expect(metrics.liked.users == 1)
        #expect(metrics.any.users == 2)
        #expect([metrics.liked.ndcg10, metrics.any.ndcg10, metrics.any.ndcg100, metrics.any.recall20] == [1, 1, 1, 1])
        #expect(metrics.coverage10 == 0.2)
        #expect(metrics.popularity10 == 7.0 / 3)
    }

    @Test("a hit counts less the later it comes")
    func discount() {
        let metrics = Self.evaluation.metrics(of: [[3, 4, 1], []])
        #expect(abs(metrics.liked.ndcg10 - 1 / log2(4)) < 1e-12)
        let ideal = 1 + 1 / log2(3.0)
        #expect(abs(metrics.any.ndcg10 - (0.5 / ideal) / 2) < 1e-12)
        #expect(metrics.any.recall20 == 0.25)
    }

    @Test("known and repeated items and those outside the catalogue are skipped and the ranks close up")
    func cleaning() {
        let metrics = Self.evaluation.metrics(of: [[0, 10, 1, 1, 2], [2]])
        #expect(metrics.dropped == 3)
        #expect(metrics.any.ndcg10 == 1)
    }

    @Test("somebody without a list scores 0")
    func missing() { #expect(Self.evaluation.metrics(of: [[], [2]]).any.ndcg10 == 0.5) }

    @Test("the standard error is that of the mean over people")
    func standardError() {
        let metrics = Self.evaluation.metrics(of: [[], [2]])
        #expect(metrics.any.ndcg10ByUser == [0, 1])
        #expect(abs(metrics.any.ndcg10Error - 0.5) < 1e-12)
    }

    @Test("an item that is held out twice is one relevant item, liked if one of its ratings says so")
    func repeated() {
        let test = RatingLists(userCount: 1, users: [0, 0], items: [3, 3], values: [9, 2], keepsRepeated: true)
        let evaluation = RankingEvaluation(
            test: test, seen: RatingLists(), catalogue: 0..<5, ratingCounts: [1, 1, 1, 1, 1])
        let metrics = evaluation.metrics(of: [[3]])
        #expect(metrics.liked.ndcg10 == 1)
        #expect(metrics.any.ndcg10 == 1)
    }

    @Test("lists hold the candidates by score, ties by number, without what is known or hidden", arguments: [1, 3])
    func lists(threads: Int) {
        let hidden = RatingLists(userCount: 1, users: [0], items: [9], values: [0])
        let lists = Self.evaluation.lists(hiding: hidden, threads: threads) { user, scores in
            scores = user == 0 ? [9, 0, -1, 2, 0, 0, 0, 0, 0, 8, 99] : Array(repeating: 0, count: 11)
        }
        #expect(lists == [[3, 1, 4, 5, 6, 7, 8, 2], [0, 2, 3, 4, 5, 6, 7, 8, 9]])
    }
}
