import CrawlDomain
import Foundation
import MongoDriver
import WebStandards

/// Values that are not believed are kept apart in their document, in the transaction that reads it anyway.
extension DocumentWriter {
    /// A change to the bookkeeping of a document that stays as it is otherwise.
    struct Note {
        let collection: CollectionName
        let key: String
        let update: BSONDocument
    }

    /// That a page which is refused is there all the same.
    func presence(of write: Write, stored: Stored?) -> Note? {
        guard let item = write.item, !item.extent.isAddition, !isReread, stored?.document["absence"] != nil else {
            return nil
        }
        return Note(collection: write.collection, key: write.key, update: ["$unset": ["absence": ""]])
    }

    /// What may be believed; asked only where something could be confirmed now.
    func belief(confirming stored: [String: Stored]) async throws(StorageError) -> Belief {
        guard isCareful, !isReread else { return Belief() }
        let ripe = stored.filter { Self.quarantine($0.value).isRipe(at: now) }
        guard !ripe.isEmpty else { return Belief() }
        let losses = ripe.filter { Self.quarantine($0.value).values.contains { $0.value.doubt.isLossOfPage } }
        return try await StorageError.wrapping { () throws(MongoError) in
            var left: [String: Int] = [:]
            for site in Set(losses.keys.map(Belief.site)) { left[site] = try await believed.remaining(of: site) }
            return Belief(held: try await database.drift.heldSites(session: session), left: left)
        }
    }

    /// Counts the losses that were believed.
    func spend(_ belief: Belief) async throws(StorageError) {
        for (site, count) in belief.spent {
            try await StorageError.wrapping { () throws(MongoError) in
                try await believed.spend(count, of: site, at: now)
            }
        }
    }

    private var believed: RunBudget {
        RunBudget(database: database, session: session, run: cause.id, kind: .believed)
    }

    private static func quarantine(_ stored: Stored) -> Quarantine {
        Quarantine(json: stored.fields["quarantine"]?.objectValue)
    }

    /// Puts stored values in the place of those that are not believed; what is noted of that where nothing else changes.
    func quarantine(
        _ write: inout Write, stored document: Stored?, _ belief: Belief, _ result: inout Result
    ) -> Note? {
        guard let item = write.item, let document else { return nil }
        let stored = document.fields
        let before = stored["quarantine"]?.objectValue
        if item.extent.isAddition {
            // It says nothing of the other fields, nor of whether their page is there.
            for name in ["quarantine", "absence"] { write.bookkeeping[name] = document.document[name] }
            return cause.kind == .release
                ? release(&write, of: item, quarantine: Quarantine(json: before))
                : addition(&write, of: item, to: document, belief, &result)
        }
        guard let type = write.doubtedType else { return nil }
        // It is there again, where a visit says so.
        let wasAbsent = document.document["absence"] != nil && !isReread
        if isReread { write.bookkeeping["absence"] = document.document["absence"] }
        let read = Self.merged(item, over: ItemDiff.content(of: stored))
        var new = read.fields
        var quarantine = Quarantine(json: before)
        if let lost = read.lost, isCareful {
            write.isLossBelieved = quarantine.confirm(
                lost, in: new, read: item.fields, isReread: isReread, mayBelieve: belief.mayBelieveLoss(of: item),
                now: now)
            // A page that lacks so much is refused as a whole.
            guard write.isLossBelieved else {
                return isReread ? nil : Self.note(write, quarantine, alsoUnset: ["absence": ""])
            }
        }
        let held = quarantine.review(
            &new, after: stored, type: type, isReread: isReread, mayBelieve: belief.mayBelieve(write.key),
            unread: type.supplements.filter { item.fields[$0] == nil }, now: now)
        guard before != nil || wasAbsent || !held.isEmpty else { return nil }
        for (field, _) in held { write.item?.fields[field] = new[field] }
        let json = quarantine.json.map { BSONValue.document(BSONDocument($0)) }
        if let json { write.bookkeeping["quarantine"] = json }
        tell(held, of: write, quarantine, stored, &result)
        return quarantine.json == before && !wasAbsent
            ? nil : Self.note(write, quarantine, alsoUnset: isReread ? [:] : ["absence": ""])
    }

    private func tell(
        _ held: [(field: String, doubt: Plausibility.Doubt)], of write: Write, _ quarantine: Quarantine,
        _ stored: JSONObject, _ result: inout Result
    ) {
        for (field, doubt) in held {
            let values = "read \(Self.shown(quarantine.values[field]?.value)), stored \(Self.shown(stored[field]))"
            result.summary.drops.append(
                Drop(
                    .implausible, type: write.item?.type, key: write.key,
                    detail: "\(field): \(doubt.rawValue), \(values)"))
        }
    }

    private var isReread: Bool { cause.kind == .reparse }

    /// What a page that adds to a document has lost, or found again, of the fields it gives; of the others it says nothing.
    private func addition(
        _ write: inout Write, of item: Item, to document: Stored, _ belief: Belief, _ result: inout Result
    ) -> Note? {
        var quarantine = Self.quarantine(document)
        let before = quarantine
        let read = Self.merged(item, over: ItemDiff.content(of: document.fields))
        if let lost = read.lost, isCareful {
            write.isLossBelieved = quarantine.confirm(
                lost, in: read.fields, read: item.fields, isReread: isReread,
                mayBelieve: belief.mayBelieveLoss(of: item), now: now)
            guard write.isLossBelieved else { return isReread ? nil : Self.note(write, quarantine) }
        }
        if let type = write.doubtedType {
            var new = read.fields
            let held = quarantine.review(
                &new, after: document.fields, type: type, isReread: isReread,
                mayBelieve: belief.mayBelieve(write.key),
                unread: Set(quarantine.values.keys.filter { item.fields[$0] == nil }), now: now)
            for (field, _) in held { write.item?.fields[field] = new[field] }
            tell(held, of: write, quarantine, document.fields, &result)
        }
        guard quarantine != before else { return nil }
        write.bookkeeping["quarantine"] = quarantine.json.map { .document(BSONDocument($0)) }
        return Self.note(write, quarantine)
    }

    private static func note(_ write: Write, _ quarantine: Quarantine, alsoUnset: BSONDocument = [:]) -> Note {
        let json = quarantine.json.map { BSONValue.document(BSONDocument($0)) }
        var update: BSONDocument = [:]
        if let json { update["$set"] = ["quarantine": json] }
        let unset = json == nil ? alsoUnset.merging(["quarantine": ""]) : alsoUnset
        if !unset.isEmpty { update["$unset"] = .document(unset) }
        return Note(collection: write.collection, key: write.key, update: update)
    }

    /// Leaves of a release what is still kept apart, and takes it out of there.
    private func release(_ write: inout Write, of item: Item, quarantine: Quarantine) -> Note? {
        var (released, left) = (item, quarantine)
        for (field, value) in item.fields where field != "_id" {
            // Another value was read since the operator looked.
            if quarantine.values[field]?.value != value {
                released.fields[field] = nil
            } else {
                left.values[field] = nil
            }
        }
        write.item = released
        write.bookkeeping["quarantine"] = left.json.map { .document(BSONDocument($0)) }
        return Self.note(write, left)
    }

    private static func shown(_ value: JSONValue?) -> String {
        String(String(decoding: (value ?? .null).serializedBytes().prefix(320), as: UTF8.self).prefix(80))
    }

    /// Writes down what is kept apart of documents that stay as they are.
    func take(_ notes: [Note]) async throws(StorageError) {
        for (collection, group) in Dictionary(grouping: notes, by: \.collection) {
            let models = group.map { note in
                WriteModel.updateOne(["_id": .string(note.key)], .operators(note.update))
            }
            try await StorageError.wrapping { () throws(MongoError) in
                try await database.collection(collection).bulkWrite(models, ordered: false, session: session)
                    .throwIfAnyRowFailed()
            }
        }
    }
}
