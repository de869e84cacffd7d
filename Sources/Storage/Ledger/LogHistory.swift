public import CrawlDomain
import Foundation
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

    /// Which log this is: numbers of one say nothing about another, as after a restored backup.
    ///
    /// Made up when it is first asked for, and kept beside the last number.
    public func identity() async throws(MongoError) -> String {
        let counters = database.collection(.counters)
        if let known = try await counters.findOne(["_id": "changes"])?["identity"]?.stringValue { return known }
        let made = UUID().uuidString
        let kept = try await counters.findOneAndUpdate(
            ["_id": "changes"],
            .pipeline([
                [
                    "$set": [
                        "identity": ["$ifNull": ["$identity", ["$literal": .string(made)]]],
                        "value": ["$ifNull": ["$value", .int64(0)]],
                    ]
                ]
            ]), .init(upsert: true))
        return kept?["identity"]?.stringValue ?? made
    }

    /// Whether every document that changed after a number of a log is named by a change that is still there.
    ///
    /// Compaction keeps the newest change of each, so it never makes this false; a log that was emptied, exchanged or set back does.
    ///
    /// - Parameters:
    ///   - number: The last change that was taken in.
    ///   - identity: The log's that it was a change of; nil when that is not known, and then it is taken to be this one.
    public func continues(after number: Int, of identity: String?) async throws(MongoError) -> Bool {
        if let identity, try await self.identity() != identity { return false }
        let history = try await history()
        guard number <= history.newest else { return false }
        let start = max(number, history.compactedTo)
        let range: BSONDocument = ["$gt": .int64(Int64(start)), "$lte": .int64(Int64(history.newest))]
        if try await changes.count(["_id": .document(range)]) == history.newest - start { return true }
        // What compaction has removed meanwhile, it has recorded before.
        let now = try await self.history()
        guard now.compactedTo > history.compactedTo else { return false }
        return try await continues(after: number, of: identity)
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
