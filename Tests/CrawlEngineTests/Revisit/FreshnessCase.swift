import Foundation
import TestSupport

/// Pages with true change rates, weights and a budget; times in days.
struct FreshnessCase: Decodable {
    let id: String
    let weights: [Double]
    let rates: [Double]
    let budget: Double
    let optimum: Double?

    enum CodingKeys: String, CodingKey {
        case id, weights
        case rates = "change_rates_per_day"
        case budget = "budget_fetches_per_day"
        case optimum = "optimal_freshness"
    }

    /// The interval when all pages are asked alike.
    var even: Double { Double(rates.count) / budget }

    /// The longest interval allowed in the simulations.
    var maximumAge: Double { 20 * even }

    /// The recorded cases; their optima were computed by others.
    static func recorded() throws -> [FreshnessCase] {
        try RecordedMaterial.lines("suites/freshness/poisson_optimal.jsonl").map {
            try JSONDecoder().decode(FreshnessCase.self, from: Data($0.utf8))
        }
    }

    /// Cases of our own, of other shapes than the recorded ones.
    static func random(seed: UInt64, count: Int) -> [FreshnessCase] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { index in
            let pages = Int.random(in: 4...120, using: &random)
            let spread = Double.random(in: 0.5...4.5, using: &random)
            let middle = Double.random(in: -2.5...0.5, using: &random)
            let rates = (0..<pages).map { _ in
                pow(10, middle + spread * (Double.random(in: 0...1, using: &random) - 0.5))
            }
            let weights = (0..<pages).map { _ in
                index % 2 == 0 ? 1 : pow(10, Double.random(in: -1...1, using: &random))
            }
            let budget = Double(pages) * pow(10, Double.random(in: -1.5...0.5, using: &random))
            return FreshnessCase(
                id: "own-\(seed)-\(index)", weights: weights, rates: rates, budget: budget, optimum: nil)
        }
    }

    /// The weighted freshness of pages by the parts of time for which each is fresh.
    func weighted(_ fresh: [Double]) -> Double {
        zip(weights, fresh).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }

    /// The optimum without a maximum age, by plain bisection on both levels: slow, and shares no code with what it checks.
    func plainOptimum() -> Double {
        func slope(_ frequency: Double, _ rate: Double) -> Double {
            let x = rate / frequency
            return (1 - exp(-x) - x * exp(-x)) / rate
        }
        func frequency(_ index: Int, _ multiplier: Double) -> Double {
            let (weight, rate) = (weights[index], rates[index])
            guard weight / rate > multiplier else { return 0 }
            var (low, high) = (1e-9, 1e9)
            for _ in 0..<100 {
                let middle = (low * high).squareRoot()
                if weight * slope(middle, rate) > multiplier { low = middle } else { high = middle }
            }
            return high
        }
        var (low, high) = (1e-15, zip(weights, rates).map { $0 / $1 }.max() ?? 1)
        for _ in 0..<100 {
            let middle = (low * high).squareRoot()
            if rates.indices.reduce(0, { $0 + frequency($1, middle) }) > budget { low = middle } else { high = middle }
        }
        return weighted(
            rates.indices.map { index in
                let often = frequency(index, high)
                return often > 0 ? often / rates[index] * (1 - exp(-rates[index] / often)) : 0
            })
    }
}
