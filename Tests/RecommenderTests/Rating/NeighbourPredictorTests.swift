import Testing

@testable import Recommender

@Suite("NeighbourPredictor")
struct NeighbourPredictorTests {
    private static let lists = RatedLists.random(80, items: 12, ratings: 10, seed: 4)

    private static var statistics: RatingStatistics {
        var settings = RatingSettings()
        settings.correlationSupport = 5
        var statistics = RatingStatistics(scale: 1...10, settings: settings)
        for list in lists { statistics.add(list) }
        return statistics
    }

    @Test("the correlation of a pair is its covariance beside what the audiences let expect")
    func correlation() {
        let statistics = Self.statistics
        let correlations = ItemCorrelations(statistics, threads: 2)
        let settings = statistics.settings
        let steps = Self.lists.map { list in
            Dictionary(
                uniqueKeysWithValues: zip(
                    list.items, NormalisedList(list, scale: 1...10, settings: settings).steps.map { Double($0) / 8 }))
        }
        func values(_ item: Int32) -> [Double] { steps.compactMap { $0[item] } }
        func mean(_ item: Int32) -> Double { values(item).reduce(0, +) / Double(values(item).count + 3) }
        func squares(_ item: Int32) -> Double {
            values(item).reduce(0) { $0 + $1 * $1 } - Double(values(item).count) * mean(item) * mean(item)
        }
        let items = (0..<Int32(12))
        let typical = items.reduce(0) { $0 + squares($1) } / Double(items.reduce(0) { $0 + values($1).count })
        func deviation(_ item: Int32) -> Double {
            ((squares(item) + 5 * typical) / Double(values(item).count + 5)).squareRoot()
        }
        for left in items {
            #expect(correlations[Int(left), Int(left)] == 0)
            for right in items where right != left {
                let both = steps.filter { $0[left] != nil && $0[right] != nil }
                let product = both.reduce(0) { $0 + ($1[left] ?? 0) * ($1[right] ?? 0) }
                let count = Double(both.count)
                let covariance = product - count * mean(left) * mean(right)
                let (a, b) = (Double(values(left).count), Double(values(right).count))
                let audience =
                    (count - a * b / 80) / (a * max(0.05, 1 - a / 80) * b * max(0.05, 1 - b / 80)).squareRoot()
                let expected =
                    (covariance / deviation(left) / deviation(right) + 5 * settings.audienceSlope * audience)
                    / (count + 5)
                let stored = Double(correlations[Int(left), Int(right)])
                #expect(abs(stored - min(0.95, expected)) < 3e-5)
            }
        }
    }

    @Test(
        "the average weighs by the cube of the correlation; the interpolation satisfies the conditions of its optimum")
    func opinion() {
        let statistics = Self.statistics
        let correlations = ItemCorrelations(statistics, threads: 1)
        let items: [Int] = [0, 2, 4, 5, 8, 9]
        let list = RatedList(items.map { (item: Int32($0), rating: 5) })
        for target in [1, 3, 6, 7, 10] {
            // The weights are read off by giving one neighbour a residual after the other.
            let weights = items.indices.map { place in
                let residuals = items.indices.map { $0 == place ? 1.0 : 0 }
                var predictor = NeighbourPredictor(
                    correlations, list: list, residuals: residuals, settings: statistics.settings)
                return predictor.opinion(of: target)
            }
            let cubes = items.map { item -> Double in
                let value = Double(max(0, correlations[target, item]))
                return value * value * value
            }
            for (weight, cube) in zip(weights, cubes) {
                #expect(abs(weight.average - cube / (cubes.reduce(0, +) + 0.01)) < 1e-5)
            }
            for (place, item) in items.enumerated() where correlations[target, item] > 0 {
                var gradient = -Double(correlations[target, item])
                for (other, weight) in zip(items, weights) {
                    gradient += (other == item ? 1.05 : Double(correlations[item, other])) * weight.interpolation
                }
                if weights[place].interpolation > 1e-6 {
                    #expect(abs(gradient) < 2e-3)
                } else {
                    #expect(gradient > -2e-3)
                }
            }
        }
    }
}
