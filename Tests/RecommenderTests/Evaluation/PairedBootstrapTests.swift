import TestSupport
import Testing

@testable import Recommender

@Suite("PairedBootstrap")
struct PairedBootstrapTests {
    private static let differences: [Double] = {
        var generator = SplitMix64(seed: 3)
        return (0..<400).map { _ in Double.random(in: -1...1, using: &generator) + 0.2 }
    }()

    @Test("the interval lies where the normal approximation says")
    func interval() {
        let values = Self.differences
        let interval = PairedBootstrap(seed: 5).intervals(of: [values])[0]
        let mean = values.reduce(0, +) / 400
        let error = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399 / 400).squareRoot()
        #expect(interval.mean == mean)
        #expect(abs(interval.low - (mean - 1.96 * error)) < 0.2 * error)
        #expect(abs(interval.high - (mean + 1.96 * error)) < 0.2 * error)
        #expect(interval.low > 0 || interval.high < 0)
    }

    @Test("the seed decides, not the number of threads")
    func deterministic() {
        let pair = [Self.differences, Self.differences.map { -$0 }]
        let one = PairedBootstrap(resamples: 200, seed: 9).intervals(of: pair, threads: 1)
        #expect(PairedBootstrap(resamples: 200, seed: 9).intervals(of: pair, threads: 4) == one)
        #expect(PairedBootstrap(resamples: 200, seed: 10).intervals(of: pair, threads: 1) != one)
        // Both were drawn together, so what mirrors the one mirrors the other's interval.
        #expect(abs(one[0].low + one[1].high) < 1e-12)
    }

    @Test("people who differ by nothing give an interval of nothing")
    func nothing() {
        let interval = PairedBootstrap(resamples: 50).intervals(of: [[0, 0, 0]])[0]
        #expect(interval == .init(mean: 0, low: 0, high: 0))
        #expect(interval.low <= 0 && interval.high >= 0)
        #expect(PairedBootstrap().intervals(of: [[]]) == [.init(mean: 0, low: 0, high: 0)])
    }
}
