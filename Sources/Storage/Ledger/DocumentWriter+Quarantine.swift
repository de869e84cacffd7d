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
        guard let item = write.item, !item.extent.isAddition, stored?.document["absence"] != nil else { return nil }
        return Note(collection: write.collection, key: write.key, update: ["$unset": ["absence": ""]])
    }

    /// Puts stored values in the place of those that are not believed; what is noted of that where nothing else changes.
    func quarantine(
        _ write: inout Write, stored document: Stored?, _ result: inout Result
    ) -> Note? {
        guard let item = write.item, let document else { return nil }
        let stored = document.fields
        let before = stored["quarantine"]?.objectValue
        if item.extent.isAddition {
            // It says nothing of the other fields, nor of whether their page is there.
            for name in ["quarantine", "absence"] { write.bookkeeping[name] = document.document[name] }
            return cause.kind == .release ? release(&write, of: item, quarantine: Quarantine(json: before)) : nil
        }
        guard let type = write.doubtedType else { return nil }
        // It is there again.
        let wasAbsent = document.document["absence"] != nil
        let read = Self.merged(item, over: ItemDiff.content(of: stored))
        var new = read.fields
        var quarantine = Quarantine(json: before)
        let held = quarantine.review(
            &new, after: stored, type: type, isReread: cause.kind == .reparse, now: now)
        guard before != nil || wasAbsent || !held.isEmpty,
            // A page that lacks more than that is refused as a whole.
            read.lost == nil
        else { return nil }
        for (field, _) in held { write.item?.fields[field] = new[field] }
        let json = quarantine.json.map { BSONValue.document(BSONDocument($0)) }
        if let json { write.bookkeeping["quarantine"] = json }
        for (field, doubt) in held {
            let values = "read \(Self.shown(quarantine.values[field]?.value)), stored \(Self.shown(stored[field]))"
            result.summary.drops.append(
                Drop(.implausible, type: type, key: write.key, detail: "\(field): \(doubt.rawValue), \(values)"))
        }
        return quarantine.json == before && !wasAbsent
            ? nil
            : Note(
                collection: write.collection, key: write.key,
                update: json.map { ["$set": ["quarantine": $0], "$unset": ["absence": ""]] }
                    ?? ["$unset": ["quarantine": "", "absence": ""]])
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
        let json = left.json.map { BSONValue.document(BSONDocument($0)) }
        write.bookkeeping["quarantine"] = json
        return Note(
            collection: write.collection, key: write.key,
            update: json.map { ["$set": ["quarantine": $0]] } ?? ["$unset": ["quarantine": ""]])
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
