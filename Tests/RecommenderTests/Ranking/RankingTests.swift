import TestSupport
import Testing

@testable import Recommender

@Suite("Ranking")
struct RankingTests {
    @Test("equal scores are ordered by item")
    func ties() {
        let ranked = Ranking.top(4, of: [1, 3, 3, 0, 3, 2])
        #expect(ranked.map(\.item) == [1, 2, 4, 5])
    }

    @Test("items without a score are never ranked")
    func zeros() {
        #expect(Ranking.top(5, of: [0, 1, 0]).map(\.item) == [1])
        #expect(Ranking.top(0, of: [1, 2]).isEmpty)
        // Room is made for as many as there are, not for as many as are asked for.
        #expect(Ranking.top(.max, of: [0, 1, 2]).map(\.item) == [2, 1])
    }

    @Test("the greatest score is above 0, or 0", arguments: [0, 1, 31, 32, 100])
    func greatest(count: Int) {
        let scores = (0..<count).map { Float(($0 * 37) % 101) - 50 }
        #expect(Ranking.greatest(of: scores) == max(0, scores.max() ?? 0))
        #expect(Ranking.greatest(of: scores.map { -abs($0) }) == 0)
    }

    @Test("excluded and refused items make room for the next best")
    func filters() {
        let ranked = Ranking.top(2, of: [5, 4, 3, 2, 1], excluding: [0, 77, -1]) { $0 != 2 }
        #expect(ranked.map(\.item) == [1, 3])
    }

    @Test("the selection agrees with sorting everything", arguments: 1...5 as ClosedRange<UInt64>)
    func sorting(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let scores = (0..<300).map { _ in Float(Int.random(in: 0...40, using: &generator)) }
        let sorted = scores.indices.filter { scores[$0] > 0 }
            .sorted { scores[$0] > scores[$1] || (scores[$0] == scores[$1] && $0 < $1) }
        #expect(Ranking.top(50, of: scores).map { Int($0.item) } == Array(sorted.prefix(50)))
    }

    private static let model = ItemWeights.solve(
        gram: RandomLists.gram(of: RandomLists.lists(60, items: 30, seed: 11)),
        settings: SLIMSettings(neighbours: 10, l1: 1, l2: 5))

    @Test("nothing on the list and nothing excluded is recommended")
    func exclusion() {
        let list: SparseVector = [1: 5, 4: 2, 7: 6]
        let all = Self.model.recommendations(for: list, count: 30)
        #expect(!all.isEmpty)
        #expect(Set(all.map(\.item)).isDisjoint(with: list.items))
        let plain = Self.model.recommendations(for: list, count: 30, expansion: .none)
        let fewer = Self.model.recommendations(for: list, count: 30, excluding: [plain[0].item], expansion: .none)
        #expect(fewer == Array(plain.dropFirst()))
    }

    @Test("the contributions are the summands of the score")
    func contributions() {
        let list: SparseVector = [1: 5, 4: 2, 7: 6, 9: 1]
        for recommendation in Self.model.recommendations(
            for: list, count: 10, reasons: 10, expansion: .none, lean: .none)
        {
            let shares = recommendation.contributions
            #expect(abs(shares.reduce(0) { $0 + $1.share } - 1) < 1e-4)
            #expect(zip(shares, shares.dropFirst()).allSatisfy { $0.share >= $1.share })
            for part in shares {
                let summand = Float(list[part.item]) * Self.model[part.item, recommendation.item]
                #expect(abs(part.share * recommendation.score - summand) < 1e-4)
            }
        }
    }

    @Test("with an expansion, the contributions still add up to the score")
    func expandedContributions() {
        let list: SparseVector = [1: 5, 4: 2, 7: 6, 9: 1]
        let expansion = Expansion(count: 4, strength: 0.5)
        let plain = Self.model.recommendations(for: list, count: 4, reasons: 0, expansion: .none, lean: .none)
        for recommendation in Self.model.recommendations(
            for: list, count: 10, reasons: 10, expansion: expansion, lean: .none)
        {
            var score: Float = 0
            for part in recommendation.contributions {
                var weight = Self.model[part.item, recommendation.item]
                for seed in plain {
                    weight += 0.5 * Self.model[part.item, seed.item] * Self.model[seed.item, recommendation.item]
                }
                #expect(abs(part.share * recommendation.score - Float(list[part.item]) * weight) < 1e-4)
                score += part.share
            }
            #expect(abs(score - 1) < 1e-4)
        }
    }

    @Test("a filter changes no score")
    func filterKeepsScores() {
        let list: SparseVector = [1: 5, 4: 2, 7: 6]
        let all = Self.model.recommendations(for: list, count: 30)
        let odd = Self.model.recommendations(for: list, count: 30) { $0 % 2 == 1 }
        #expect(odd == all.filter { $0.item % 2 == 1 })
    }

    @Test("an empty list gets no recommendation")
    func emptyList() {
        #expect(Self.model.recommendations(for: SparseVector(), count: 10).isEmpty)
    }
}
