import CrawlDomain
@testable import CrawlEngine
import TestSupport
import Testing

/// Simulations with fixed seeds: how long a chart stays quiet, and how soon it speaks.
@Suite struct RateChartTests {
    private func hits(_ items: Int, _ rate: Double, _ random: inout SplitMix64) -> Double {
        Double((0..<items).count { _ in Double.random(in: 0..<1, using: &random) < rate })
    }

    /// Blocks until the alarm; nil for none.
    private func run(
        _ chart: inout RateChart, blocks: Int, items: Int = 20, _ random: inout SplitMix64,
        rate: (inout SplitMix64) -> Double
    ) -> Int? {
        for block in 1...blocks {
            let now = rate(&random)
            if chart.take(hits: hits(items, now, &random), of: Double(items)) == .outOfControl { return block }
        }
        return nil
    }

    private func trained(_ rate: Double, blocks: Int = 20, _ random: inout SplitMix64) -> RateChart {
        var chart = RateChart()
        for _ in 0..<blocks { _ = chart.take(hits: hits(20, rate, &random), of: 20) }
        return chart
    }

    @Test(
        "in control, a chart is quiet for a hundred thousand blocks",
        arguments: [0, 0.002, 0.05, 0.3, 0.5, 0.8, 0.97, 0.999, 1])
    func inControlRunLength(rate: Double) {
        var random = SplitMix64(seed: 1)
        var alarms = 0
        for _ in 0..<10 {
            var chart = trained(rate, &random)
            if run(&chart, blocks: 1_100, &random, rate: { _ in rate }) != nil { alarms += 1 }
        }
        #expect(alarms == 0)
    }

    @Test("blocks that differ by more than chance, as of seasons, days and pages of reviews, raise no alarm once known")
    func overdispersion() {
        var random = SplitMix64(seed: 2)
        var alarms = 0
        for _ in 0..<40 {
            var chart = RateChart()
            // A rate of its own for each block, between 0.5 and 0.95: three times the binomial variance.
            func rate(_ random: inout SplitMix64) -> Double { Double.random(in: 0.5...0.95, using: &random) }
            for _ in 0..<30 { _ = chart.take(hits: hits(20, rate(&random), &random), of: 20) }
            if run(&chart, blocks: 500, &random, rate: rate) != nil { alarms += 1 }
        }
        #expect(alarms == 0)
    }

    @Test("a rate that changes slowly, as down a ranking, is followed")
    func slowChange() {
        var random = SplitMix64(seed: 3)
        var alarms = 0
        for _ in 0..<20 {
            var chart = trained(0.98, &random)
            var rate = 0.98
            let alarm = run(&chart, blocks: 1_500, &random) { _ in
                rate -= 0.0002
                return rate
            }
            if alarm != nil { alarms += 1 }
        }
        #expect(alarms == 0)
    }

    @Test(
        "when 30 % of the pages lose a field, the alarm comes soon",
        arguments: [(1.0, 4), (0.98, 5), (0.9, 12)])
    func detectionDelay(rate: Double, blocks limit: Int) throws {
        var random = SplitMix64(seed: 4)
        var delays: [Int] = []
        for _ in 0..<100 {
            var chart = trained(rate, &random)
            delays.append(run(&chart, blocks: 200, &random) { _ in rate * 0.7 } ?? 1_000)
        }
        let median = delays.sorted()[50]
        #expect(median <= limit, "\(median) blocks of 20")
        #expect(delays.count { $0 == 1_000 } <= 2)
    }

    @Test("a field that many pages lack anyway is watched less sharply, and still seen when all pages lose it")
    func detectionOfSeldomFields() {
        var random = SplitMix64(seed: 8)
        var delays: [Int] = []
        for _ in 0..<100 {
            var chart = trained(0.3, &random)
            delays.append(run(&chart, blocks: 60, &random) { _ in 0 } ?? 1_000)
        }
        #expect(delays.sorted()[50] <= 15)
        #expect(delays.count { $0 == 1_000 } <= 5)
    }

    @Test("a field that suddenly everything has is noticed, too")
    func rise() throws {
        var random = SplitMix64(seed: 5)
        var chart = trained(0.05, &random)
        let delay = try #require(run(&chart, blocks: 20, &random) { _ in 0.6 })
        #expect(delay <= 3)
    }

    @Test("what is out of control is not learnt: the alarm stays until the rate is back")
    func notLearnt() {
        var random = SplitMix64(seed: 6)
        var chart = trained(0.98, &random)
        let before = chart.reference
        var last: RateChart.Verdict = .learning
        for _ in 0..<500 { last = chart.take(hits: hits(20, 0.5, &random), of: 20) }
        #expect(last == .outOfControl)
        #expect(abs(chart.reference.rate - before.rate) < 0.01)
        for _ in 0..<60 { last = chart.take(hits: hits(20, 0.98, &random), of: 20) }
        #expect(last == .inControl)
    }

    @Test(
        "where blocks have always differed, a drift that every run sees a block of is noticed by those that wait for each other",
        arguments: [true, false])
    func shortRuns(isPatient: Bool) {
        var chart = RateChart()
        for hits in [20, 20, 15, 20, 18, 20, 17, 20] as [Double] { _ = chart.take(hits: hits, of: 20) }
        chart.settle()
        #expect(chart.reference.blocks == 8)
        let blocks = (1...8).first { _ in
            chart = RateChart(reference: chart.reference, open: chart.open)
            (chart.isPatient, chart.isStrict) = (isPatient, false)
            defer { chart.settle() }
            return chart.take(hits: 0, of: 20) == .outOfControl
        }
        #expect(blocks == (isPatient ? 2 : nil))
    }

    @Test("nothing is said of what is hardly known")
    func minimumSample() {
        var chart = RateChart()
        for _ in 0..<4 { #expect(chart.take(hits: 20, of: 20) == .learning) }
        #expect(chart.take(hits: 0, of: 20) == .learning)
    }

    @Test("what is read again is in control when it is as before, not when it is half repaired")
    func readAgain() {
        var random = SplitMix64(seed: 7)
        let chart = trained(0.98, &random)
        #expect(chart.isInControl(hits: 98, of: 100))
        #expect(!chart.isInControl(hits: 85, of: 100))
    }
}
