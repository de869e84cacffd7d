import Testing

@testable import Recommender

@Suite("MaximalMarginalRelevance")
struct MaximalMarginalRelevanceTests {
    /// Candidates 0, 1 and 3 are of one kind.
    private static func similarity(_ left: Int, _ right: Int) -> Float {
        let kinds = [0, 0, 1, 0, 2]
        return kinds[left] == kinds[right] ? 1 : 0
    }
    private static let relevances: [Float] = [10, 9, 5, 4, 1]

    private static func order(_ diversity: Float, _ count: Int = 5) -> [Int] {
        MaximalMarginalRelevance(diversity: diversity).order(count, of: relevances, similarity: similarity)
    }

    @Test("without diversity the order stays")
    func none() { #expect(Self.order(0) == [0, 1, 2, 3, 4]) }

    @Test("what is like a better one comes later, the more so the more diversity is wanted")
    func some() {
        // After 0: 1 has 0.7 · 0.9 − 0.3, 2 has 0.7 · 0.5.
        #expect(Self.order(0.3) == [0, 2, 1, 4, 3])
        #expect(Self.order(0.1) == [0, 1, 2, 3, 4])
        #expect(Self.order(1) == [0, 2, 4, 1, 3], "one of each kind, then by rank")
    }

    @Test("the first is always the best, and there are never more than there are")
    func bounds() {
        #expect(Self.order(0.9, 1) == [0])
        #expect(Self.order(0.9, 99).count == 5)
        #expect(Self.order(0.9, 0).isEmpty)
        #expect(MaximalMarginalRelevance(diversity: 7).diversity == 1)
        #expect(MaximalMarginalRelevance(diversity: 0.5).order(3, of: [], similarity: Self.similarity).isEmpty)
        #expect(MaximalMarginalRelevance(diversity: 0.5).order(2, of: [0, 0]) { _, _ in 1 } == [0, 1])
    }
}
