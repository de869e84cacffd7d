import Testing

@testable import Recommender

@Suite("PopularityLean")
struct PopularityLeanTests {
    private static let gram = {
        var gram = RandomLists.gram(of: RandomLists.lists(60, items: 30, seed: 12))
        for _ in 0..<40 { gram.add([3: 6, 20: 6]) }
        return gram
    }()
    private static let model = ItemWeights.solve(gram: gram, settings: SLIMSettings(neighbours: 10, l1: 1, l2: 5))
    private static let list: SparseVector = [1: 5, 3: 2, 7: 6]

    @Test("short lists lean to what many like, long ones away from it, and neither without bounds")
    func exponents() {
        let lean = PopularityLean(neutralLength: 40, strength: 0.03, limit: 0.1)
        #expect(lean.exponent(length: 40) == 0)
        #expect(abs(lean.exponent(length: 20) - 0.03) < 1e-6)
        #expect(abs(lean.exponent(length: 160) + 0.06) < 1e-6)
        #expect(lean.exponent(length: 1) == 0.1)
        #expect(lean.exponent(length: 100_000) == -0.1)
        #expect(lean.exponent(length: 0) == 0)
        #expect(PopularityLean.none.exponent(length: 3) == 0)
    }

    @Test("lists of what is new lean less to what many like than others, from twenty anime on")
    func discovery() {
        let (news, everything) = (PopularityLean.discovery, PopularityLean())
        for length in [20, 30, 50, 200, 900] {
            #expect(news.exponent(length: length) < everything.exponent(length: length))
        }
        #expect(news.exponent(length: 30) == 0)
        #expect(abs(news.exponent(length: 60) + 0.05) < 1e-6)
        #expect(news.exponent(length: 900) == -0.15)
    }

    @Test("every score is multiplied with the item's support to the power of the exponent")
    func scores() {
        let lean = PopularityLean(neutralLength: 12, strength: 0.05, limit: 1, prior: 10)
        let plain = Self.model.scored(Self.list, lean: .none).scores
        let leaning = Self.model.scored(Self.list, lean: lean).scores
        for (item, (before, after)) in zip(plain, leaning).enumerated() {
            // Three of twelve: two halvings.
            let factor = Self.power(Double(Self.gram[item, item]) + 10, 0.1)
            #expect(abs(Double(after) - Double(before) * factor) < 1e-4 * max(1, Double(after)))
        }
        #expect(plain != leaning)
    }

    @Test("a lean changes the order and no reason")
    func reasons() {
        let leaning = Self.model.recommendations(
            for: Self.list, count: 30, reasons: 5, lean: PopularityLean(strength: 1, limit: 2))
        let plain = Self.model.recommendations(for: Self.list, count: 30, reasons: 5, lean: .none)
        #expect(leaning.map(\.item) != plain.map(\.item))
        let reasons = { (all: [Recommendation]) in
            Dictionary(uniqueKeysWithValues: all.map { ($0.item, $0.contributions) })
        }
        #expect(reasons(leaning) == reasons(plain))
    }

    @Test("a model that does not know its support leans to no side")
    func unknownSupport() {
        let lists = RandomLists.lists(60, items: 30, seed: 12)
        let neighbours = ItemWeights.nearestNeighbours(CoRatings(itemCount: 30, lists))
        #expect(neighbours.scored(Self.list).scores == neighbours.scored(Self.list, lean: .none).scores)
    }

    /// `x` to the power of 1/10 by Newton's method: not by the functions that are tested.
    private static func power(_ x: Double, _ exponent: Double) -> Double {
        precondition(exponent == 0.1)
        var root = 1.5
        for _ in 0..<200 {
            var power = 1.0
            for _ in 0..<9 { power *= root }
            root -= (power * root - x) / (10 * power)
        }
        return root
    }
}
