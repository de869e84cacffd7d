import CrawlDomain
import struct Foundation.Date
import MongoDriver
import WebStandards

/// Writes documents of one subject with their changes, inside a transaction: what is as it was is not touched.
struct DocumentWriter {
    let database: AnimeDatabase
    let session: MongoSession
    let cause: ChangeCause
    let now: Date

    /// One document to bring to a new state; `fields` is nil to delete it.
    struct Write {
        let subject: ChangeSubject
        let collection: CollectionName
        let key: String
        var fields: JSONObject?
        /// Bookkeeping fields to store beside, where the document changes.
        var bookkeeping: BSONDocument = [:]
        /// What was read, where it may speak of a part of the document only, and is refused where it has lost much.
        var item: Item?
        /// Set where values that cannot be are kept apart.
        var doubtedType: ItemType?
        /// Of an anime to delete: what its main entry's anime is called from now on.
        var successor: String?
        /// Whether what it would lose has been confirmed.
        var isLossBelieved = false
    }

    /// What came of a batch of writes.
    struct Result {
        var summary = CommitSummary()
        var changes: [Change] = []
    }

    /// A write that changes something.
    private struct Plan {
        let write: Write
        let change: Change.Operation
        let fields: [Change.Field]
        let content: ContentHash?
        /// Of a review, the entry it is of.
        let entry: String?
        /// Of a review that is of another entry now, the one it was of.
        let formerEntry: String?
    }

    /// Writes a batch; a key may be in it once.
    func write(_ writes: [Write]) async throws(StorageError) -> Result {
        var result = Result()
        var notes: [Note] = []
        var planned: [Plan] = []
        for (collection, group) in Dictionary(grouping: writes, by: \.collection).sorted(by: {
            $0.key.rawValue < $1.key.rawValue
        }) {
            let stored = try await StorageError.wrapping { () throws(MongoError) in
                try await storedDocuments(group.map(\.key), in: collection)
            }
            let deleted = try await deletedBefore(group.map(\.key).filter { stored[$0] == nil }, in: group)
            var belief = try await belief(confirming: stored)
            for var write in group {
                if deleted.contains(write.key) {
                    let detail = "it was deleted after the page was stored; only a visit brings it back"
                    result.summary.drops.append(Drop(.gone, type: write.item?.type, key: write.key, detail: detail))
                    continue
                }
                let note = quarantine(&write, stored: stored[write.key], belief, &result)
                if write.isLossBelieved { belief.spend(on: write.key) }
                switch decide(write, stored: stored[write.key]?.fields) {
                case .unchanged:
                    result.summary.unchanged += 1
                    if let note { notes.append(note) }
                case .refuse(let drop):
                    result.summary.drops.append(drop)
                    if let note = note ?? presence(of: write, stored: stored[write.key]) { notes.append(note) }
                case .write(let operation, let fields, let content, let merged):
                    var write = write
                    if let merged { write.fields = merged }
                    let before = stored[write.key]?.fields["entry_id"]?.stringValue
                    let entry = write.fields.map { $0["entry_id"]?.stringValue } ?? before
                    planned.append(
                        Plan(
                            write: write, change: operation, fields: fields, content: content, entry: entry,
                            formerEntry: before == entry ? nil : before))
                }
            }
            try await spend(belief)
        }
        try await take(notes)
        guard !planned.isEmpty else { return result }
        let count = planned.count + planned.count { $0.formerEntry != nil }
        let first = try await StorageError.wrapping { () throws(MongoError) in
            try await database.changes.takeNumbers(count, session: session)
        }
        var last: [Change] = []
        for plan in planned {
            var change = Change(
                number: first + result.changes.count, subject: plan.write.subject, key: plan.write.key,
                operation: plan.change, fields: plan.fields, cause: cause, at: now)
            change.successor = plan.write.successor
            if let former = plan.formerEntry {
                // Two changes, so that the entry which loses the review is known as well as the one that gets it.
                change.entry = former
                result.changes.append(change)
                change = Change(
                    number: change.number + 1, subject: change.subject, key: change.key, operation: change.operation,
                    fields: change.fields, cause: cause, at: now)
            }
            change.entry = plan.entry
            result.changes.append(change)
            last.append(change)
            if plan.change == .insert { result.summary.inserted += 1 } else { result.summary.updated += 1 }
        }
        for (collection, group) in Dictionary(grouping: zip(planned, last), by: \.0.write.collection) {
            try await write(group.map { (write: $0.0.write, change: $0.1, content: $0.0.content) }, to: collection)
        }
        let changes = result.changes
        try await StorageError.wrapping { () throws(MongoError) in
            try await database.changes.append(changes, session: session)
        }
        return result
    }

    /// Writes to one collection; a document the server refuses is named, so that the rest can be written without it.
    private func write(
        _ group: [(write: Write, change: Change, content: ContentHash?)], to collection: CollectionName
    ) async throws(StorageError) {
        let models = group.map { model($0.write, change: $0.change, content: $0.content) }
        do {
            try await database.collection(collection).bulkWrite(models, ordered: true, session: session)
                .throwIfAnyRowFailed()
        } catch {
            guard let row = error.writeErrors.first, Self.refusals.contains(row.code) else { throw .database(error) }
            let reason: DropReason = row.code == .limitExceeded ? .tooLarge : .schemaViolation
            let drop = Drop(
                reason, type: group[row.index].write.item?.type, key: group[row.index].write.key,
                detail: row.message + Self.rule(row))
            throw .refused(drop, collection: collection.rawValue)
        }
    }

    /// What is wrong with one document, not with the server.
    private static let refusals: Set<MongoError.Code> = [.validation, .limitExceeded, .invalidBSON]

    /// Which rule of the validator failed, as the server tells it.
    private static func rule(_ row: WriteError) -> String {
        guard let details = row.details, let text = try? details.extendedJSON(.relaxed) else { return "" }
        return ": \(text.prefix(500))"
    }

    private enum Decision {
        case unchanged
        case refuse(Drop)
        /// With the content's hash where it is known already, and the fields where they are not the write's.
        case write(Change.Operation, [Change.Field], content: ContentHash? = nil, merged: JSONObject? = nil)
    }

    /// A document as it is stored; its bookkeeping has values that JSON does not.
    struct Stored {
        let document: BSONDocument
        let fields: JSONObject
    }

    private func decide(_ write: Write, stored: JSONObject?) -> Decision {
        guard let new = write.fields else {
            return stored == nil ? .unchanged : .write(.delete, ItemDiff.changes(from: stored, to: nil))
        }
        guard let stored else {
            if let item = write.item, item.extent.isAddition {
                let detail = "the page adds to a document of '\(write.collection.rawValue)' that no page has given yet"
                return .refuse(Drop(.nothingToAddTo, type: item.type, key: write.key, detail: detail))
            }
            let hashes = ItemDiff.hashes(ofNew: new)
            return .write(.insert, hashes.fields, content: hashes.content)
        }
        guard let item = write.item else {
            let fields = ItemDiff.changes(from: stored, to: new)
            return fields.isEmpty ? .unchanged : .write(.update, fields)
        }
        let own = ItemDiff.content(of: stored)
        let (merged, lost) = Self.merged(item, over: own)
        let fields = ItemDiff.changes(from: own, to: merged)
        if fields.isEmpty { return .unchanged }
        if let lost, isCareful, !write.isLossBelieved {
            let detail = "would lose \(lost.summary); the stored one is kept"
            return .refuse(
                Drop(.poorerThanStored, type: item.type, key: write.key, detail: detail, fields: lost.fields))
        }
        return .write(.update, fields, merged: merged)
    }

    /// Whether losses are refused: what an operator imports or releases is meant.
    var isCareful: Bool { cause.kind != .import && cause.kind != .release }

    /// What becomes of stored fields by an item, and what of them it would lose; an addition answers for its own fields only.
    static func merged(_ item: Item, over own: JSONObject) -> (fields: JSONObject, lost: Completeness.Loss?) {
        let merged = item.fields(over: own)
        guard item.extent.isAddition else { return (merged, Completeness.loss(from: own, to: merged, type: item.type)) }
        let before = JSONObject(own.filter { item.fields[$0.key] != nil })
        let after = JSONObject(merged.filter { item.fields[$0.key] != nil })
        return (merged, Completeness.loss(from: before, to: after, type: item.type))
    }

    /// Which items that are not stored were deleted: a page from before must not bring them back.
    private func deletedBefore(_ missing: [String], in group: [Write]) async throws(StorageError) -> Set<String> {
        guard cause.kind == .reparse, let subject = group.first?.subject, !missing.isEmpty else { return [] }
        return try await StorageError.wrapping { () throws(MongoError) in
            try await database.changes.deleted(missing, subject: subject, session: session)
        }
    }

    private func storedDocuments(
        _ keys: [String], in collection: CollectionName
    ) async throws(MongoError) -> [String: Stored] {
        let found = try await database.collection(collection).find(
            ["_id": ["$in": .array(keys.map(BSONValue.string))]], session: session
        ).all()
        var documents: [String: Stored] = [:]
        for document in found {
            guard let key = document["_id"]?.stringValue else { continue }
            documents[key] = Stored(document: document, fields: document.jsonObject)
        }
        return documents
    }

    private func model(_ write: Write, change: Change, content: ContentHash?) -> WriteModel {
        let filter: BSONDocument = ["_id": .string(write.key)]
        guard let fields = write.fields else { return .deleteOne(filter) }
        var document = BSONDocument(fields)
        for (name, value) in write.bookkeeping { document[name] = value }
        document["content_hash"] = .string((content ?? ItemDiff.contentHash(of: fields)).hex)
        document["change"] = .int64(Int64(change.number))
        return .replaceOne(filter, document, .upsert)
    }
}
