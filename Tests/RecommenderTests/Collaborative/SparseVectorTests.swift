import Testing

@testable import Recommender

@Suite("SparseVector")
struct SparseVectorTests {
    @Test("items come out ascending, without zeros and without negative indices")
    func order() {
        let vector: SparseVector = [7: 2, -1: 3, 3: 0, 1: 5]
        #expect(vector.items == [1, 7])
        #expect(vector.weights == [5, 2])
    }

    @Test("an item named twice keeps the greater weight, or what the caller says")
    func duplicates() {
        let pairs: [(item: Int32, weight: Int32)] = [(4, 1), (2, 6), (4, 5), (4, 2)]
        #expect(SparseVector(pairs).weights == [6, 5])
        #expect(SparseVector(pairs, combining: +).weights == [6, 8])
    }

    @Test("a weight is found by item, 0 when it is missing")
    func lookUp() {
        let vector: SparseVector = [2: 1, 5: 4, 9: 3]
        #expect([2, 5, 9, 0, 6, 10].map { vector[$0] } == [1, 4, 3, 0, 0, 0])
        #expect(vector.squaredNorm == 26)
        #expect(SparseVector()[0] == 0)
    }
}

@Suite("PreferenceWeights")
struct PreferenceWeightsTests {
    @Test("the standard weight is the score above four")
    func standard() {
        #expect((0...10).map { PreferenceWeights.standard.weight(score: $0) } == [0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6])
    }

    @Test("what was watched without a score counts like a score of 6, what was given up or is only planned nothing")
    func unscored() {
        let weights = PreferenceWeights.standard
        #expect(weights.weight(score: 0, status: .completed) == weights.weight(score: 6))
        #expect(weights.weight(score: 0, status: .dropped) == 0)
        #expect(weights.weight(score: 0, status: .planToWatch) == 0)
        #expect(weights.weight(score: 0) == 0)
    }

    @Test("a score outside the table counts as none")
    func outside() {
        let weights = PreferenceWeights(byScore: PreferenceWeights.standard.byScore, unscored: [.completed: 2])
        #expect(weights.weight(score: 11) == 0)
        #expect(weights.weight(score: -3, status: .completed) == 2)
    }

    @Test("a status weighs an unscored entry, and an ignored one not even a scored one")
    func statuses() {
        let weights = PreferenceWeights(
            byScore: PreferenceWeights.standard.byScore, unscored: [.completed: 2], ignoredStatuses: [.dropped])
        #expect(weights.weight(score: 0, status: .completed) == 2)
        #expect(weights.weight(score: 0, status: .planToWatch) == 0)
        #expect(weights.weight(score: 9, status: .completed) == 5)
        #expect(weights.weight(score: 9, status: .dropped) == 0)
    }
}
