import TestSupport
import Testing

@testable import Recommender

@Suite("LatentFactors")
struct LatentFactorsTests {
    @Test("a packed inverse times its matrix is the unit matrix")
    func inverse() {
        // A small positive definite matrix: 4 1 0 / 1 3 −1 / 0 −1 2.
        let matrix = [4.0, 1, 3, 0, -1, 2]
        let inverse = PackedCholesky(matrix, size: 3).inverse
        let columns = (0..<3).map { column in inverse.times((0..<3).map { $0 == column ? 1 : 0 }) }
        let product = columns.map { PackedSymmetric(size: 3, values: matrix).times($0) }
        for row in 0..<3 {
            for column in 0..<3 { #expect(abs(product[column][row] - (row == column ? 1 : 0)) < 1e-12) }
        }
    }

    @Test("conjugate gradients solve the ridge regression")
    func presence() {
        let lists = RatedLists.random(40, items: 8, ratings: 5, seed: 5)
        var generator = SplitMix64(seed: 6)
        let targets = (0..<40).map { _ in Double.random(in: -1...1, using: &generator) }
        let raters = RaterIndex(lists, itemCount: 8)
        let solution = PresenceRegression(lists, raters: raters, width: 1, penalty: 0.5)
            .solve(targets, from: Array(repeating: 0, count: 8))
        var matrix = [Double](repeating: 0, count: 36)
        var right = [Double](repeating: 0, count: 8)
        for index in 0..<8 { matrix[PackedCholesky.diagonal(index)] = 0.5 }
        for (list, target) in zip(lists, targets) {
            for left in list.items {
                right[Int(left)] += target / Double(list.count).squareRoot()
                for column in list.items where column <= left {
                    matrix[PackedCholesky.index(Int(left), Int(column))] += 1 / Double(list.count)
                }
            }
        }
        for (found, wanted) in zip(solution, PackedCholesky(matrix, size: 8).solve(right)) {
            #expect(abs(found - wanted) < 1e-6)
        }
    }

    @Test("tastes that divide people in two are found again, with any number of threads")
    func checkerboard() {
        // Everybody likes the even items or the odd ones, and has rated eight of ten.
        let lists = (0..<40).map(Self.halved)
        var settings = RatingSettings()
        settings.factors = 2
        var statistics = RatingStatistics(itemCount: 10, scale: 1...10)
        for list in lists { statistics.add(list) }
        let effects = ItemEffects(lists, statistics: statistics)
        let values = lists.map { NormalisedList($0, scale: 1...10, settings: settings).values }
        let model = LatentFactors(lists, values: values, effects: effects, settings: settings, threads: 1)
        let parallel = LatentFactors(lists, values: values, effects: effects, settings: settings, threads: 4)
        #expect(model.items == parallel.items)
        for person in [0, 7, 25, 39] {
            let folded = model.person(lists[person], values: values[person])
            for item in [person % 10, (person + 3) % 10] {
                let likes = (item + person / 20) % 2 == 0
                #expect(model.value(of: item, for: folded) * (likes ? 1 : -1) > 0.5)
            }
        }
    }

    /// The ratings of a person who likes the even items (the first twenty people) or the odd ones.
    private static func halved(_ person: Int) -> RatedList {
        var pairs: [(item: Int32, rating: Float)] = []
        for item in 0..<10 where item != person % 10 && item != (person + 3) % 10 {
            let likes = (item + person / 20) % 2 == 0
            pairs.append((item: Int32(item), rating: likes ? 9 : 3))
        }
        return RatedList(pairs)
    }
}
