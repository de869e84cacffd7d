public import CrawlDomain
public import struct Foundation.Date
public import MongoDriver

/// Which document a change was of; enough for who reads the document as it is now.
public struct ChangedDocument: Sendable, Hashable {
    /// The change's number.
    public let number: Int
    /// What it was of.
    public let subject: ChangeSubject
    /// The document's key.
    public let key: String
    /// Of a review, the entry it is of, or was; nil for all else, and for changes of version 0.1.
    public let entry: String?

    init?(_ document: BSONDocument) {
        guard let number = document["_id"]?.intValue, let key = document["key"]?.stringValue,
            let subject = document["subject"]?.stringValue.flatMap(ChangeSubject.init(rawValue:))
        else { return nil }
        (self.number, self.subject, self.key) = (number, subject, key)
        entry = document["entry"]?.stringValue
    }
}

extension ChangeLog {
    /// When one of some fields of each of these documents changed last, as far as the log goes back.
    public func lastChanges(
        of fields: [String], in keys: [String], subject: ChangeSubject
    ) async throws(MongoError) -> [String: Date] {
        let filter: BSONDocument = [
            "subject": .string(subject.rawValue), "key": ["$in": .array(keys.map(BSONValue.string))],
            "fields.name": ["$in": .array(fields.map(BSONValue.string))],
        ]
        return try await changes.find(filter, FindOptions(projection: ["key": 1, "at": 1])).all()
            .reduce(into: [:]) { last, change in
                guard let key = change["key"]?.stringValue, let at = change["at"]?.dateValue else { return }
                last[key] = max(at, last[key] ?? at)
            }
    }

    /// What changed after a number, oldest first, at most `limit`; the fields that changed are not read.
    public func changedDocuments(after number: Int, limit: Int) async throws(MongoError) -> [ChangedDocument] {
        let options = FindOptions(sort: ["_id": 1], projection: ["subject": 1, "key": 1, "entry": 1], limit: limit)
        return try await changes.find(["_id": ["$gt": .int64(Int64(number))]], options).all()
            .compactMap(ChangedDocument.init)
    }
}
