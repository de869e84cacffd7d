import CrawlDomain

/// Visits that wait to be committed together.
struct VisitBatch {
    private(set) var visits: [VisitOutcome] = []
    private var oldest: ContinuousClock.Instant?
    private(set) var bytes = 0

    /// Raw pages beyond this many bytes are committed at once, whatever their number: one transaction stays small.
    private static let maximumBytes = 8 << 20

    var isEmpty: Bool { visits.isEmpty }

    mutating func append(_ visit: VisitOutcome, now: ContinuousClock.Instant) {
        visits.append(visit)
        bytes += visit.page?.body.count ?? 0
        if oldest == nil { oldest = now }
    }

    func isDue(now: ContinuousClock.Instant, limits: CrawlLimits) -> Bool {
        guard let oldest else { return false }
        return visits.count >= limits.commitBatch || bytes >= Self.maximumBytes
            || oldest.duration(to: now) >= limits.commitInterval
    }

    mutating func take() -> [VisitOutcome] {
        defer { self = VisitBatch() }
        return visits
    }
}
