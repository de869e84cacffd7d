public import CrawlDomain
public import MongoDriver
public import WebStandards

extension ChangeLog {
    /// The documents that changes are of, as they are now and without our bookkeeping; those that are gone are left out.
    public func documents(of changes: [Change]) async throws(MongoError) -> [ChangeSubject: [String: JSONObject]] {
        var found: [ChangeSubject: [String: JSONObject]] = [:]
        for (subject, group) in Dictionary(grouping: changes, by: \.subject) {
            let keys = Set(group.map(\.key)).sorted().map(BSONValue.string)
            let documents = try await database.collection(CollectionName(subject)).find(["_id": ["$in": .array(keys)]])
                .all()
            for document in documents {
                guard let key = document["_id"]?.stringValue else { continue }
                found[subject, default: [:]][key] = ItemDiff.content(of: document.jsonObject)
            }
        }
        return found
    }

    /// Changes of the documents of one key, oldest first.
    public func changes(
        of key: String, among subjects: [ChangeSubject] = ChangeSubject.allCases, after number: Int, limit: Int
    ) async throws(MongoError) -> [Change] {
        let filter: BSONDocument = [
            "subject": ["$in": .array(subjects.map { .string($0.rawValue) })], "key": .string(key),
            "_id": ["$gt": .int64(Int64(number))],
        ]
        return try await changes.find(filter, FindOptions(sort: ["_id": 1], limit: limit)).all()
            .compactMap(Change.init)
    }
}

extension CollectionName {
    fileprivate init(_ subject: ChangeSubject) {
        switch subject {
        case .anime: self = .anime
        case .entry: self = .entries
        case .review: self = .reviews
        case .user: self = .users
        }
    }
}
