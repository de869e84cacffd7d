public import CrawlDomain
public import Foundation
import MongoDriver

/// Removes changes that newer ones of the same document have made needless.
///
/// Of every document the newest change up to the point that was reached stays, of a deleted one its deletion: who reads from 0 meets every key
/// that ever was, once. What is removed is recorded first, and removed in batches, each of which may be done twice: it may die at any instant,
/// and any number of programs may do it at once.
public struct ChangeCompactor: Sendable {
    /// What was done.
    public struct Summary: Sendable, Hashable {
        /// Changes removed, or that would be.
        public var removed = 0
        /// Changes looked at.
        public var examined = 0
        /// Who keeps it from going on.
        public var waitsFor: String?
        /// Consumers that did not come for so long that history they have not seen is gone.
        public var overtaken: [String] = []
        /// Whether it ended because it had done as much as it was asked to.
        public var isCutShort = false
    }

    let database: AnimeDatabase
    let retention: ChangeRetention

    /// Changes looked at in one step.
    private static let batch = 1_000

    private var changes: MongoCollection { database.collection(.changes) }
    private var counters: MongoCollection { database.collection(.counters) }

    /// One change as far as it matters here.
    private struct Row {
        let number: Int
        let document: Document
        let at: Date
    }

    private struct Document: Hashable {
        let subject: String
        let key: String
    }

    /// Removes what the policy lets go.
    ///
    /// - Parameters:
    ///   - now: By the clock of those who wrote the changes, roughly.
    ///   - isDryRun: Only counts.
    ///   - batches: Steps at most, of a thousand changes each.
    public func run(now: Date = Date(), isDryRun: Bool = false, batches: Int = .max) async throws -> Summary {
        var summary = Summary()
        guard let keep = retention.keep else { return summary }
        let consumers = try await database.consumers.all()
        let slowest = consumers.min { $0.needed < $1.needed }
        let old = now.addingTimeInterval(-keep.wholeSeconds)
        let veryOld = now.addingTimeInterval(-max(keep, retention.waitForConsumers).wholeSeconds)
        var place = try await database.changes.history().swept
        var left = batches
        while true {
            let rows = try await rows(after: place)
            let due = rows.prefix { row in
                row.at < old && (row.at < veryOld || row.number <= slowest?.needed ?? .max)
            }
            if due.count < rows.count, rows[due.count].at < old { summary.waitsFor = slowest?.name }
            guard let last = due.last else { break }
            guard left > 0 else {
                summary.isCutShort = true
                break
            }
            left -= 1
            summary.examined += due.count
            summary.removed += try await (isDryRun ? count(Array(due), after: place) : remove(Array(due)))
            place = last.number
            if !isDryRun { try await record("swept", last.number) }
            if due.count < rows.count { break }
        }
        let compactedTo = try await database.changes.history().compactedTo
        summary.overtaken = consumers.filter { $0.needed < compactedTo }.map(\.name)
        return summary
    }

    private func rows(after number: Int) async throws(MongoError) -> [Row] {
        let options = FindOptions(
            sort: ["_id": 1], projection: ["subject": 1, "key": 1, "at": 1], limit: Self.batch)
        return try await changes.find(["_id": ["$gt": .int64(Int64(number))]], options).all().compactMap { found in
            guard let number = found["_id"]?.intValue, let subject = found["subject"]?.stringValue,
                let key = found["key"]?.stringValue, let at = found["at"]?.dateValue
            else { return nil }
            return Row(number: number, document: Document(subject: subject, key: key), at: at)
        }
    }

    /// Removes what is older than the newest change that these rows have of its document.
    private func remove(_ rows: [Row]) async throws(MongoError) -> Int {
        let newest = Dictionary(rows.map { ($0.document, $0.number) }) { max($0, $1) }
        var removed = 0
        for (subject, group) in Dictionary(grouping: newest, by: \.key.subject) {
            let filter: BSONDocument = [
                "subject": .string(subject), "key": ["$in": .array(group.map { .string($0.key.key) })],
                "_id": ["$lt": .int64(Int64(group.map(\.value).max() ?? 0))],
            ]
            let cursor = try await changes.find(
                filter, FindOptions(projection: ["key": 1], batchSize: Self.batch))
            while let found = try await cursor.nextBatch() {
                let numbers = found.compactMap { row -> Int? in
                    guard let number = row["_id"]?.intValue, let key = row["key"]?.stringValue,
                        let kept = newest[Document(subject: subject, key: key)], number < kept
                    else { return nil }
                    return number
                }
                guard let highest = numbers.max() else { continue }
                // First: whoever finds a number missing finds it recorded.
                try await record("value", highest)
                removed += try await changes.deleteMany(
                    ["_id": ["$in": .array(numbers.map { .int64(Int64($0)) })]])
            }
        }
        return removed
    }

    /// How many changes these rows make needless, each counted with the change that follows it.
    private func count(_ rows: [Row], after place: Int) async throws(MongoError) -> Int {
        var count = 0
        for (subject, group) in Dictionary(grouping: rows, by: \.document.subject) {
            let keys = Set(group.map(\.document.key))
            let before = try await changes.find(
                [
                    "subject": .string(subject), "key": ["$in": .array(keys.map(BSONValue.string))],
                    "_id": ["$lte": .int64(Int64(place))],
                ], FindOptions(projection: ["key": 1])
            ).all()
            count += group.count - keys.count + Set(before.compactMap { $0["key"]?.stringValue }).count
        }
        return count
    }

    private func record(_ field: String, _ number: Int) async throws(MongoError) {
        let other = field == "value" ? "swept" : "value"
        try await counters.updateOne(
            ["_id": .string(ChangeLog.compaction)],
            [
                "$max": BSONValue.document([field: .int64(Int64(number))]),
                "$setOnInsert": .document([other: .int64(0)]),
            ],
            .upsert)
    }
}

extension ChangeLog {
    /// What removes changes that are not needed any more, as a policy says.
    public func compactor(_ retention: ChangeRetention) -> ChangeCompactor {
        ChangeCompactor(database: database, retention: retention)
    }
}

extension Duration {
    fileprivate var wholeSeconds: TimeInterval { TimeInterval(components.seconds) }
}
