public import CrawlDomain
public import MongoDriver

/// What is left of the change log's history.
public struct LogHistory: Sendable, Hashable {
    /// The number of the newest change; 0 when there is none.
    public let newest: Int
    /// The number of the newest change that was removed, because a newer one of the same document is there; 0 when none was.
    ///
    /// Every number above it is there.
    public let compactedTo: Int
    /// Up to where compaction has looked; what is after it is as it was written.
    let swept: Int

    /// Whether somebody who has taken in everything up to a number finds every change after it.
    public func isComplete(after number: Int) -> Bool { number >= compactedTo }
}

/// Some of the change log, and whether anything is missing in it.
public struct ChangePage: Sendable {
    /// Oldest first.
    public let changes: [Change]
    /// Whether it has every change after the number that was asked for, up to its last one.
    ///
    /// Where it has not, it still has the newest change of every document: who only wants to know what is there now misses nothing.
    public let isComplete: Bool
}

extension ChangeLog {
    /// The id under which `counters` holds what compaction has done.
    static let compaction = "changes_compacted"

    /// What is left of the history.
    public func history() async throws(MongoError) -> LogHistory { try await history(session: nil) }

    /// What is left of the history at a session's moment.
    func history(session: MongoSession?) async throws(MongoError) -> LogHistory {
        let found = try await database.collection(.counters).findOne(
            ["_id": .string(Self.compaction)], session: session)
        return LogHistory(
            newest: try await newest(session: session), compactedTo: found?["value"]?.intValue ?? 0,
            swept: found?["swept"]?.intValue ?? 0)
    }

    /// Changes after a number with whether any are missing among them, oldest first, at most `limit`.
    public func page(after number: Int, limit: Int) async throws(MongoError) -> ChangePage {
        let changes = try await changes(after: number, limit: limit)
        // Asked for last: what is to be removed is recorded before it is, so a gap in what was read is on record by now.
        return ChangePage(changes: changes, isComplete: try await history().isComplete(after: number))
    }

    /// How many numbers are missing above ``LogHistory/compactedTo``: 0, or the log is damaged.
    public func missing() async throws(MongoError) -> Int {
        let last = try await changes.findOne([:], FindOptions(sort: ["_id": -1], projection: ["_id": 1]))
        let end = last?["_id"]?.intValue ?? 0
        let start = try await history().compactedTo
        let there = try await changes.count(["_id": ["$gt": .int64(Int64(start)), "$lte": .int64(Int64(end))]])
        return max(0, end - start) - there
    }

    /// How many changes are stored.
    public func stored() async throws(MongoError) -> Int { try await changes.estimatedCount() }
}
