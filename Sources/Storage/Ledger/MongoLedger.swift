public import CrawlDomain
public import Foundation
import MongoDriver
import WebStandards

/// Commits visits to MongoDB: items, changes and the URLs' new states in one transaction.
///
/// Links and raw pages are written before it. Both are idempotent, so a death in between only means that the page is asked again and gives
/// the same links, the same page and the same items.
public struct MongoLedger: CrawlLedger {
    let database: AnimeDatabase

    /// Stores items with their changes, raw pages, links and the new states of the URLs.
    public func commit(
        _ visits: [VisitOutcome], under lease: HostLease, notBefore: Date, cause: ChangeCause
    ) async throws -> CommitSummary {
        let linksAdded = try await database.frontier.add(visits.flatMap(\.discovered))
        try await database.frontier.addHosts(Set(visits.compactMap(\.newHostID)))
        try await database.pages.save(visits)
        var summary: CommitSummary
        do throws(StorageError) {
            summary = try await write(ItemWrites.merged(visits.flatMap(\.items), cause: cause), cause: cause) {
                (session) throws(StorageError) in
                try await fence(lease, notBefore: notBefore, session: session)
            } after: { (session, dropped, now) throws(StorageError) in
                try await finish(visits, dropped: dropped, under: lease, session: session, now: now)
            }
        } catch {
            throw error.asPortError
        }
        summary.linksAdded = linksAdded
        return summary
    }

    /// Stores items that no crawl fetched: an import, a second reading of stored pages.
    public func store(_ items: [Item], cause: ChangeCause) async throws -> CommitSummary {
        try await write(ItemWrites.merged(items, cause: cause), cause: cause) { _ in
        } after: { _, _, _ in
        }
    }

    /// Records a run's state and counters.
    public func record(_ run: CrawlRun) async throws { try await database.runs.record(run) }

    /// Writes documents and whatever belongs with them in one transaction; a document the server refuses is left out and named.
    private func write(
        _ writes: [DocumentWriter.Write], cause: ChangeCause,
        before: (MongoSession) async throws(StorageError) -> Void,
        after: (MongoSession, [Drop], Date) async throws(StorageError) -> Void
    ) async throws(StorageError) -> CommitSummary {
        var writes = writes
        var refused: [Drop] = []
        while true {
            let now = Date()
            do throws(StorageError) {
                let (batch, left) = (writes, refused)
                return try await database.client.withTransaction { session throws(StorageError) in
                    try await before(session)
                    var summary = try await DocumentWriter(database: database, session: session, cause: cause, now: now)
                        .write(batch).summary
                    summary.drops += left
                    try await after(session, summary.drops, now)
                    return summary
                }
            } catch .refused(let drop, let collection) {
                writes.removeAll { $0.key == drop.key && $0.collection.rawValue == collection }
                refused.append(drop)
            }
        }
    }

    /// Refuses to go on under a lease that somebody else has taken since, and conflicts with whoever takes it meanwhile.
    private func fence(_ lease: HostLease, notBefore: Date, session: MongoSession) async throws(StorageError) {
        let held = try await StorageError.wrapping { () throws(MongoError) in
            try await database.collection(.hosts).updateOne(
                MongoFrontier.filter(lease),
                .pipeline([
                    [
                        "$set": [
                            "commits": ["$add": [["$ifNull": ["$commits", .int64(0)]], 1]],
                            "not_before": ServerTime.after(notBefore.timeIntervalSinceNow),
                        ]
                    ]
                ]),
                session: session)
        }
        guard held.matchedCount == 1 else { throw .leaseLost(host: lease.host) }
    }

    private func finish(
        _ visits: [VisitOutcome], dropped: [Drop], under lease: HostLease, session: MongoSession, now: Date
    ) async throws(StorageError) {
        let models = visits.map { visit in
            WriteModel.updateOne(
                [
                    "_id": .string(visit.visited.entry.fingerprint.hex), "state": "leased",
                    "token": .int64(Int64(lease.token)),
                ],
                .operators(FrontierDocument.update(for: visit, dropped: dropped, now: now)))
        }
        try await StorageError.wrapping { () throws(MongoError) in
            try await database.collection(.frontier).bulkWrite(models, ordered: false, session: session)
                .throwIfAnyRowFailed()
        }
    }
}

extension VisitOutcome {
    /// The host that a URL has moved to.
    fileprivate var newHostID: String? {
        guard case .moved(let url) = disposition else { return nil }
        return MongoFrontier.hostID(visited.entry.site, url.politenessHost)
    }
}
