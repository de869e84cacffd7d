import CrawlDomain
import Foundation
import TestSupport
import Testing

@testable import CrawlEngine

@Suite("ChangeRateEstimator")
struct ChangeRateEstimatorTests {
    @Test("without a visit to compare the usual rate counts")
    func usual() {
        #expect(ChangeRateEstimator(usualRate: 0.25).rate(of: ChangeHistory()) == 0.25)
    }

    @Test("without a prior worth naming, the estimate solves the equation of maximum likelihood")
    func likelihood() {
        let intervals: [(Double, Bool)] = [(3, true), (1, false), (5, true), (2, false), (2, false), (8, true)]
        var history = ChangeHistory()
        for (seconds, isChanged) in intervals { history.record(isChanged: isChanged, after: seconds) }
        let rate = ChangeRateEstimator(usualRate: 1, strength: 1e-9).rate(of: history)
        // Old visits fade a little, so the plain equation holds nearly.
        let found = intervals.reduce(0) { $0 + ($1.1 ? $1.0 / (exp(rate * $1.0) - 1) : 0) }
        #expect(abs(found - 5) < 0.25, "\(found)")
    }

    @Test("many visits find the true rate, however irregular they are", arguments: [0.01, 1, 20])
    func consistency(rate: Double) {
        var (random, history) = (SplitMix64(seed: 3), ChangeHistory())
        for _ in 0..<2_000 {
            let seconds = Double.random(in: 0.1...2, using: &random) / rate
            history.record(
                isChanged: Double.random(in: 0..<1, using: &random) < 1 - exp(-rate * seconds), after: seconds)
        }
        let found = ChangeRateEstimator(usualRate: 1).rate(of: history)
        #expect(found > rate * 0.6 && found < rate * 1.6, "\(found)")
        #expect(history.changed.count <= ChangeHistory.maximumIntervals)
    }

    @Test("a page that always or never changed has an estimate, further from the usual rate with every visit")
    func extremes() {
        let estimator = ChangeRateEstimator(usualRate: 1)
        for isChanged in [true, false] {
            var (history, rates) = (ChangeHistory(), [1.0])
            for _ in 0..<6 {
                history.record(isChanged: isChanged, after: 1)
                rates.append(estimator.rate(of: history))
            }
            #expect(rates == (isChanged ? rates.sorted() : rates.sorted(by: >)), "\(rates)")
            #expect(rates.allSatisfy { $0.isFinite && $0 > 0 })
        }
    }

    @Test("at equal intervals the bias-reduced form agrees with the true rate where changes ÷ visits cannot")
    func regular() {
        let rate = ChangeRateEstimator.regularRate(visits: 100, changed: 86, interval: 1)
        #expect(abs(rate - 1.94) < 0.02, "\(rate)")
        #expect(ChangeRateEstimator.regularRate(visits: 10, changed: 10, interval: 2).isFinite)
        #expect(ChangeRateEstimator.regularRate(visits: 10, changed: 0, interval: 2) == 0)
    }

    @Test("a confirmation counts as time without a change")
    func confirmation() {
        var history = ChangeHistory()
        history.record(isChanged: true, after: 10)
        let estimator = ChangeRateEstimator(usualRate: 0.1)
        let before = estimator.rate(of: history)
        history.confirm(after: 100)
        #expect(estimator.rate(of: history) < before)
        #expect(history.visits == 1)
    }
}
