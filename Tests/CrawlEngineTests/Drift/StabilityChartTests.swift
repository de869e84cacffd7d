import CrawlDomain
@testable import CrawlEngine
import TestSupport
import Testing

/// Simulations with fixed seeds.
@Suite struct StabilityChartTests {
    /// About normal, as a sum of twelve.
    private func score(_ random: inout SplitMix64, mean: Double = 7, spread: Double = 1) -> Double {
        let sum = (0..<12).reduce(0.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        return min(10, max(1, mean + (sum - 6) * spread))
    }

    private func window(_ chart: inout StabilityChart, _ value: () -> Double) -> StabilityChart.Verdict {
        for _ in 0..<Int(StabilityChart.window) { chart.add(SizeHistogram.bucket(of: value())) }
        return chart.look()
    }

    private func isOut(_ verdict: StabilityChart.Verdict) -> Bool {
        if case .outOfControl = verdict { true } else { false }
    }

    @Test("in control, a chart is quiet for thousands of windows")
    func inControl() {
        var random = SplitMix64(seed: 1)
        var alarms = 0
        for _ in 0..<10 {
            var chart = StabilityChart()
            for _ in 0..<300 where isOut(window(&chart) { score(&random) }) { alarms += 1 }
        }
        #expect(alarms == 0)
    }

    @Test("a ranking read from its top raises no alarm: windows have always differed")
    func ranking() {
        var random = SplitMix64(seed: 2)
        var chart = StabilityChart()
        var members = 2_000_000.0
        var alarms = 0
        for _ in 0..<200 {
            if isOut(
                window(&chart) {
                    members *= 0.9995
                    return members * Double.random(in: 0.7...1.3, using: &random)
                })
            {
                alarms += 1
            }
        }
        #expect(alarms == 0)
    }

    @Test("values of another unit on 30 % of the pages are noticed in one or two windows, as never seen")
    func otherUnit() {
        var random = SplitMix64(seed: 3)
        var chart = StabilityChart()
        for _ in 0..<10 { _ = window(&chart) { score(&random) } }
        let verdict = window(&chart) {
            let value = score(&random)
            return Double.random(in: 0..<1, using: &random) < 0.3 ? value * 10 : value
        }
        guard case .outOfControl(let index, let unseen) = verdict else {
            Issue.record("no alarm: \(verdict)")
            return
        }
        #expect(index > 0.5)
        #expect(unseen > 0.15)
    }

    @Test("texts cut to half their length on all pages are noticed")
    func cutTexts() {
        var random = SplitMix64(seed: 4)
        var chart = StabilityChart()
        for _ in 0..<10 { _ = window(&chart) { Double.random(in: 400...1_600, using: &random) } }
        #expect(isOut(window(&chart) { Double.random(in: 400...1_600, using: &random) / 2 }))
    }

    @Test("a number's bucket holds the number")
    func buckets() {
        for number in [0.01, 0.5, 1, 1.3, 7.42, 10, 299, 300, 1_000_000, 3_812_345] {
            let bucket = SizeHistogram.bucket(of: number)
            #expect(SizeHistogram.lowerBound(of: bucket) <= number)
            #expect(SizeHistogram.lowerBound(of: bucket + 1) > number)
        }
        #expect(SizeHistogram.bucket(of: 0.0) == 0)
        #expect(SizeHistogram.bucket(of: -3.0) == 0)
        #expect(SizeHistogram.bucket(of: 1e300) < SizeHistogram.buckets)
    }
}
