import Foundation
import TestSupport
import Testing

@testable import CrawlEngine

/// Simulated crawls of pages whose change rates are known to the simulation only.
@Suite("Freshness")
struct FreshnessTests {
    @Test(
        "of the recorded optimum at least 0.98 with known rates, 0.95 with learnt ones, and more than the Nutch rule",
        .enabled(if: RecordedMaterial.isPresent, RecordedMaterial.hint))
    func recorded() throws {
        let cases = try FreshnessCase.recorded()
        #expect(cases.count == 14)
        for pages in cases {
            let optimum = try #require(pages.optimum)
            #expect(abs(pages.plainOptimum() - optimum) < 1e-6, "\(pages.id)")
            try check(pages, optimum: optimum, learntShare: 0.95, tolerance: 0)
        }
    }

    /// Rates here differ by up to 4.5 powers of ten at budgets down to a thirtieth of a request a page, which is harder to learn; and where
    /// they differ by less than one, every rule comes within half a percent of the optimum, and what learning costs shows.
    @Test("much the same holds of cases of our own", arguments: [11, 12] as [UInt64])
    func own(seed: UInt64) throws {
        for pages in FreshnessCase.random(seed: seed, count: 8) {
            try check(pages, optimum: pages.plainOptimum(), learntShare: 0.93, tolerance: 0.002)
        }
    }

    private func check(_ pages: FreshnessCase, optimum: Double, learntShare: Double, tolerance: Double) throws {
        // Of few pages a single run is luck; of many it is not.
        let seeds = (1...UInt64(max(1, min(10, 200 / pages.rates.count)))).map { $0 }
        func mean(_ play: (inout FreshnessSimulation) -> FreshnessSimulation.Outcome) throws
            -> FreshnessSimulation.Outcome
        {
            let outcomes = try seeds.map { seed in
                var simulation = try FreshnessSimulation(pages, seed: seed)
                return play(&simulation)
            }
            return .init(
                freshness: outcomes.reduce(0) { $0 + $1.freshness } / Double(seeds.count),
                spent: outcomes.reduce(0) { $0 + $1.spent } / Double(seeds.count),
                longest: outcomes.map(\.longest).max() ?? 0)
        }
        let (known, learnt, nutch) = (try mean { $0.known() }, try mean { $0.learnt() }, try mean { $0.nutch() })
        func share(_ outcome: FreshnessSimulation.Outcome) -> String {
            String(format: "%.4f (budget × %.2f)", outcome.freshness / optimum, outcome.spent)
        }
        let line =
            "\(pages.id): \(pages.rates.count) pages, optimum \(String(format: "%.4f", optimum)); of it known "
            + "\(share(known)), learnt \(share(learnt)), Nutch \(share(nutch))"
        print(line)
        #expect(known.freshness >= 0.98 * optimum, "\(line)")
        #expect(learnt.freshness >= learntShare * optimum, "\(line)")
        #expect(known.freshness > nutch.freshness, "\(line)")
        #expect(learnt.freshness > nutch.freshness - tolerance * optimum, "\(line)")
        #expect(max(known.longest, learnt.longest) <= pages.maximumAge * 1.000_001, "\(line)")
        #expect(max(known.spent, learnt.spent) <= 1.05, "\(line)")
    }
}
