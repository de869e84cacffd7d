import CrawlDomain
import Foundation
import Logging

/// Stores visits in batches, under the lease of their host.
struct VisitCommitter {
    let context: CrawlContext
    let lease: HostLease
    private var batch = VisitBatch()
    /// Drops of one reason of which the log tells each.
    private static let dropsTold = 50

    init(context: CrawlContext, lease: HostLease) {
        self.context = context
        self.lease = lease
    }

    var isDue: Bool {
        batch.isDue(now: .now, limits: context.limits, workers: context.monitor.workers)
            || context.waiting.areTooMany(holding: batch.bytes, workers: context.monitor.workers)
    }
    var isRipe: Bool { batch.isRipe(now: .now, limits: context.limits, workers: context.monitor.workers) }

    mutating func append(_ visit: VisitOutcome) {
        let before = batch.bytes
        batch.append(visit, now: .now)
        context.waiting.add(batch.bytes - before)
    }

    /// Forgets what is here; it will be asked for again.
    mutating func giveUp() {
        context.waiting.remove(batch.bytes)
        _ = batch.take()
    }

    /// Stores what is here.
    ///
    /// - Parameter wait: How long nobody may ask the host from now on.
    /// - Returns: Where pages turned out poorer than what is stored: what the pages with items were like, in order.
    mutating func commit(wait: Duration) async throws -> [BlockWatch.Read] {
        guard !batch.isEmpty else { return [] }
        let bytes = batch.bytes
        defer { context.waiting.remove(bytes) }
        let visits = batch.take().map(context.monitor.withoutKnownURLs)
        let (ledger, lease, cause) = (context.ledger, lease, context.profile.cause)
        let (revisits, id) = (context.revisits, UUID().uuidString)
        let reporter = DriftReporter(context: context)
        let begin = ContinuousClock.now
        // Not cancelled with the run: what was fetched must not be asked for again.
        let summary = try await Task {
            do {
                // First: what shows a drift must not be published before the hold is there.
                try await reporter.raiseAlarms()
                try await revisits.hear(visits, now: Date())
                return try await ledger.commit(visits, under: lease, wait: wait, cause: cause, id: id)
            } catch let error as LeaseLostError {
                throw error
            } catch {
                throw CommitError(visits: visits.count, underlying: error)
            }
        }.value
        context.slow.note("a commit took long", begin.duration(to: .now)) {
            [
                "pages": .stringConvertible(visits.count), "bytes": .stringConvertible(bytes),
                "url_ids": .array(visits.prefix(5).map { "\($0.visited.entry.fingerprint)" }),
            ]
        }
        context.monitor.note(stored: visits, summary)
        for drop in summary.drops {
            // A site that drifts has thousands of them; the summary counts all.
            let isOneOfMany = context.monitor.counters.drops[drop.reason.rawValue] ?? 0 > Self.dropsTold
            context.log.log(
                level: isOneOfMany ? .debug : .warning,
                "dropped \(drop.key ?? ""): \(drop.reason.rawValue)", metadata: ["detail": "\(drop.detail)"])
        }
        let poorer = summary.drops.reduce(into: [ItemIdentity: Set<String>]()) { lost, drop in
            guard drop.reason == .poorerThanStored, let identity = drop.identity else { return }
            lost[identity, default: []].formUnion(drop.fields)
        }
        guard !poorer.isEmpty else { return [] }
        return visits.filter { !$0.items.isEmpty }.map { visit in
            let lost = visit.items.compactMap { poorer[$0.identity] }
            return lost.isEmpty ? .good : context.drift.read(visit, lost: lost.reduce([]) { $0.union($1) })
        }
    }
}

/// What was fetched could not be stored; it will be asked for again.
struct CommitError: Error, CustomStringConvertible {
    let visits: Int
    let underlying: any Error

    var description: String { "\(visits) pages could not be stored and will be asked for again: \(underlying)" }
}
