public import CrawlDomain
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
    /// What changed after a number, oldest first, at most `limit`; the fields that changed are not read.
    public func changedDocuments(after number: Int, limit: Int) async throws(MongoError) -> [ChangedDocument] {
        let options = FindOptions(sort: ["_id": 1], projection: ["subject": 1, "key": 1, "entry": 1], limit: limit)
        return try await changes.find(["_id": ["$gt": .int64(Int64(number))]], options).all()
            .compactMap(ChangedDocument.init)
    }
}
