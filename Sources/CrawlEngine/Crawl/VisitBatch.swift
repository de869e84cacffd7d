import CrawlDomain

/// Visits that wait to be committed together.
struct VisitBatch {
    private(set) var visits: [VisitOutcome] = []
    private var oldest: ContinuousClock.Instant?
    private(set) var bytes = 0

    var isEmpty: Bool { visits.isEmpty }

    mutating func append(_ visit: VisitOutcome, now: ContinuousClock.Instant) {
        visits.append(visit)
        bytes += visit.page?.body.count ?? 0
        if oldest == nil { oldest = now }
    }

    /// Whether it should be committed although its host could be asked now.
    func isDue(now: ContinuousClock.Instant, limits: CrawlLimits, workers: Int) -> Bool {
        guard let oldest else { return false }
        return visits.count >= limits.commitBatch || bytes >= limits.commitBytes(workers: workers)
            || oldest.duration(to: now) >= limits.commitInterval
    }

    /// Whether it should be committed while its host must be waited for anyway.
    func isRipe(now: ContinuousClock.Instant, limits: CrawlLimits, workers: Int) -> Bool {
        guard let oldest else { return false }
        return oldest.duration(to: now) >= limits.restfulAge(workers: workers)
    }

    mutating func take() -> [VisitOutcome] {
        defer { self = VisitBatch() }
        return visits
    }
}
