public import CrawlDomain
public import Foundation
import WebStandards

/// Decides when a page is visited again; a value that takes the time.
///
/// The first visits probe: the interval doubles after a visit without a change and falls to a quarter after one with, since always or never
/// finding a change tells next to nothing of the rate. Then the allocation decides. A class that has changed (an anime has finished airing)
/// begins anew: what was learnt was another process.
public struct RevisitPolicy: Sendable, Hashable {
    /// What one more request must bring; nil while it was never computed, then pages keep the interval that is usual for them.
    public var multiplier: Double?

    /// Visits that probe.
    public static let probes = 8
    /// Intervals are up to this much shorter or longer, so that pages found together are not asked together for ever.
    private static let spread = 0.05

    /// Makes a policy.
    public init(multiplier: Double? = nil) {
        self.multiplier = multiplier
    }

    /// How the page is to be compared with what is known of it.
    public enum Comparison: Sendable, Hashable {
        /// It is as it was.
        case unchanged
        /// Its digest decides, and where it has items, the ledger.
        case digest(String, hasItems: Bool)
    }

    /// What follows from a visit.
    ///
    /// - Parameters:
    ///   - url: The URL with what is known of it.
    ///   - terms: Of the class the page is of now.
    ///   - statedFreshness: How long the server says that the page is fresh; it is not asked again before.
    public func fork(
        after url: LeasedURL, _ comparison: Comparison, className: String?, terms: RevisitTerms,
        ignored: [ItemType: Set<String>] = [:], statedFreshness: Duration = .zero, now: Date
    ) -> RevisitFork {
        let known = url.revisit.flatMap { $0.className == className ? $0 : nil }
        func decision(isChanged: Bool?, digest: String) -> RevisitDecision {
            var record = known ?? RevisitRecord(className: className, rate: 0, seen: now, digest: digest, interval: 0)
            let isChanged = known == nil ? nil : isChanged
            record.digest = digest
            if let isChanged { record.history.record(isChanged: isChanged, after: now.timeIntervalSince(record.seen)) }
            record.seen = now
            plan(&record, terms, wasChanged: isChanged)
            let interval = max(spread(record, terms, url.entry.fingerprint), statedFreshness.seconds)
            return RevisitDecision(record: record, due: now.addingTimeInterval(interval))
        }
        switch comparison {
        case .unchanged:
            let decision = decision(isChanged: false, digest: url.revisit?.digest ?? "")
            return RevisitFork(unchanged: decision, changed: decision)
        case .digest(let digest, let hasItems):
            let changed = decision(isChanged: true, digest: digest)
            guard let known, known.digest == digest else { return RevisitFork(unchanged: changed, changed: changed) }
            let unchanged = decision(isChanged: false, digest: digest)
            return RevisitFork(unchanged: unchanged, changed: hasItems ? changed : unchanged, ignored: ignored)
        }
    }

    /// What follows from a list or sitemap that says that a page is as it was.
    ///
    /// - Parameter visited: When it was last asked: however often it is confirmed, it is asked by itself at its maximum age.
    func confirmed(
        _ record: RevisitRecord, of url: URLFingerprint, visited: Date, terms: RevisitTerms, now: Date
    ) -> RevisitDecision {
        var record = record
        record.history.confirm(after: now.timeIntervalSince(record.seen))
        record.seen = max(record.seen, now)
        record.rate = Self.rate(record.history, terms) * 86_400
        let due = record.seen.addingTimeInterval(spread(record, terms, url))
        return RevisitDecision(
            record: record, due: min(due, visited.addingTimeInterval(terms.demand(rate: 1).maximumAge)))
    }

    /// The next interval, and the rate it comes from.
    private func plan(_ record: inout RevisitRecord, _ terms: RevisitTerms, wasChanged: Bool?) {
        let rate = Self.rate(record.history, terms)
        let demand = terms.demand(rate: rate)
        record.rate = rate * 86_400
        let usual = terms.every.seconds
        let interval: Double
        if record.history.visits < Self.probes {
            let last = record.interval > 0 ? record.interval : usual
            let next = wasChanged.map { $0 ? last / 4 : last * 2 } ?? usual
            interval = min(max(next, usual / 256), usual * 4)
        } else if let multiplier {
            interval = RefreshAllocation.interval(of: demand, multiplier: multiplier)
        } else {
            interval = usual
        }
        record.interval = min(max(interval, demand.minimumAge), demand.maximumAge)
    }

    private static func rate(_ history: ChangeHistory, _ terms: RevisitTerms) -> Double {
        ChangeRateEstimator(usualRate: terms.usualRate).rate(of: history)
    }

    /// The interval of a page, a little off by what the URL's fingerprint and the number of the visit say.
    private func spread(_ record: RevisitRecord, _ terms: RevisitTerms, _ url: URLFingerprint) -> Double {
        let demand = terms.demand(rate: 1)
        let seed = UInt64(url.hex.prefix(12), radix: 16) ?? 0
        let mixed = (seed &+ UInt64(record.history.visits)) &* 0x9E37_79B9_7F4A_7C15
        let part = Double(mixed >> 11) / Double(1 << 53)
        let interval = record.interval * (1 + Self.spread * (2 * part - 1))
        return min(max(interval, demand.minimumAge), demand.maximumAge)
    }
}
