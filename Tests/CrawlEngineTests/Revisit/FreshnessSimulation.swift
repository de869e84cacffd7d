import CrawlDomain
import Foundation
import TestSupport
import WebStandards

@testable import CrawlEngine

/// Plays a case visit by visit: changes come at random, a visit tells only whether there was one since the last.
struct FreshnessSimulation {
    /// What a schedule came to, counted after its warm-up.
    struct Outcome {
        /// Weighted freshness; of each interval the expectation, so that no second of randomness is added.
        var freshness = 0.0
        /// Visits a day ÷ budget.
        var spent = 0.0
        /// The longest interval, in days.
        var longest = 0.0
    }

    let pages: FreshnessCase
    private var random: SplitMix64
    private let urls: [FrontierURL]
    private static let epoch = Date(timeIntervalSinceReferenceDate: 0)

    init(_ pages: FreshnessCase, seed: UInt64) throws {
        self.pages = pages
        random = SplitMix64(seed: seed)
        urls = pages.rates.indices.compactMap { index in
            WebURL("http://127.0.0.1/\(index)").map {
                FrontierURL(
                    url: $0, fingerprint: CanonicalURL($0).fingerprint, site: "s", page: "p", priority: 0, depth: 0,
                    via: nil)
            }
        }
    }

    /// Terms that know nothing of the case but its budget.
    private func terms(_ index: Int) -> RevisitTerms {
        RevisitTerms(
            every: .seconds(pages.even * 86_400), minimumAge: .seconds(pages.even * 86_400 / 5_000),
            maximumAge: .seconds(pages.maximumAge * 86_400), weight: pages.weights[index])
    }

    /// The allocation with true rates.
    mutating func known() -> Outcome {
        let demands = pages.rates.indices.map { terms($0).demand(rate: pages.rates[$0] / 86_400) }
        let multiplier = RefreshAllocation.multiplier(of: demands, budget: pages.budget / 86_400)
        let intervals = demands.map { RefreshAllocation.interval(of: $0, multiplier: multiplier) / 86_400 }
        return play(visits: 20, warmUp: 2) { simulation, index, _, _ in
            min(
                intervals[index] * Double.random(in: 0.95...1.05, using: &simulation.random),
                simulation.pages.maximumAge)
        }
    }

    /// The whole policy: rates are learnt from visits, the multiplier from the learnt rates.
    mutating func learnt() -> Outcome {
        var records = [RevisitRecord?](repeating: nil, count: urls.count)
        var policy = RevisitPolicy(multiplier: nil)
        var visits = 0
        return play(visits: 60, warmUp: 30) { simulation, index, isChanged, now in
            if visits % simulation.urls.count == 0 {
                policy.multiplier = simulation.multiplier(of: records)
            }
            visits += 1
            let time = Self.epoch.addingTimeInterval(now * 86_400)
            let leased = LeasedURL(
                entry: simulation.urls[index], attempts: 0, contentHash: nil, revisit: records[index])
            let fork = policy.fork(
                after: leased, .digest("items", hasItems: true), className: nil, terms: simulation.terms(index),
                now: time)
            let decision = isChanged ? fork.changed : fork.unchanged
            records[index] = decision.record
            return decision.due.timeIntervalSince(time) / 86_400
        }
    }

    /// The multiplier as a crawl computes it: from a histogram.
    private func multiplier(of records: [RevisitRecord?]) -> Double? {
        guard !records.contains(nil) else { return nil }
        var counts: [Bucket: Double] = [:]
        for (index, record) in records.enumerated() {
            let octave = (4 * log2(record?.rate ?? 1)).rounded()
            counts[Bucket(octave: octave, weight: pages.weights[index]), default: 0] += 1
        }
        let demands = counts.map { bucket, count in
            RefreshAllocation.Demand(
                rate: exp2(bucket.octave / 4) / 86_400, weight: bucket.weight, minimumAge: 1,
                maximumAge: pages.maximumAge * 86_400, pages: count)
        }
        return RefreshAllocation.multiplier(of: demands, budget: pages.budget / 86_400)
    }

    private struct Bucket: Hashable {
        let octave: Double
        let weight: Double
    }

    /// The rule of Nutch and StormCrawler, its intervals scaled so that exactly the budget is spent at any time.
    mutating func nutch() -> Outcome {
        var intervals = [Double](repeating: pages.even, count: urls.count)
        var total = intervals.reduce(0) { $0 + 1 / $1 }
        return play(visits: 60, warmUp: 30) { simulation, index, isChanged, _ in
            let bounds = (simulation.pages.even / 100)...simulation.pages.maximumAge
            total -= 1 / intervals[index]
            intervals[index] = min(
                max(intervals[index] * (isChanged ? 0.8 : 1.4), bounds.lowerBound), bounds.upperBound)
            total += 1 / intervals[index]
            return intervals[index] * total / simulation.pages.budget
        }
    }

    /// Plays `visits` visits a page on average, of which the first `warmUp` do not count.
    private mutating func play(
        visits: Int, warmUp: Int,
        next: (inout FreshnessSimulation, _ page: Int, _ isChanged: Bool, _ now: Double) -> Double
    ) -> Outcome {
        let count = urls.count
        var queue = VisitQueue()
        var last = [Double](repeating: 0, count: count)
        for index in 0..<count { queue.push((Double.random(in: 0...pages.even, using: &random), index)) }
        var (fresh, start, now, longest) = ([Double](repeating: 0, count: count), 0.0, 0.0, 0.0)
        func add(_ index: Int, until end: Double) {
            let (from, rate) = (max(0, start - last[index]), pages.rates[index])
            fresh[index] += (exp(-rate * from) - exp(-rate * (end - last[index]))) / rate
        }
        for visit in 0..<(visits * count) {
            guard let (time, index) = queue.pop() else { break }
            now = time
            let interval = now - last[index]
            let isChanged = Double.random(in: 0..<1, using: &random) < -expm1(-pages.rates[index] * interval)
            if visit == warmUp * count { start = now }
            if visit > warmUp * count {
                add(index, until: now)
                longest = max(longest, interval)
            }
            last[index] = now
            queue.push((now + next(&self, index, isChanged, now), index))
        }
        for index in 0..<count { add(index, until: now) }
        let span = now - start
        return Outcome(
            freshness: pages.weighted(fresh.map { $0 / span }),
            spent: Double((visits - warmUp) * count) / span / pages.budget, longest: longest)
    }
}

/// Who is visited next: a binary heap by time.
struct VisitQueue {
    private var heap: [(Double, Int)] = []

    mutating func push(_ visit: (Double, Int)) {
        heap.append(visit)
        var child = heap.count - 1
        while child > 0, heap[child].0 < heap[(child - 1) / 2].0 {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (Double, Int)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            let least = [parent, 2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
                .min { heap[$0].0 < heap[$1].0 }
            guard let least, least != parent else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
