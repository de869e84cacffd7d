public import CrawlDomain
public import MongoDriver
import struct Foundation.Date

/// The numbered, append-only record of what changed.
public struct ChangeLog: Sendable {
    let database: AnimeDatabase

    var changes: MongoCollection { database.collection(.changes) }

    /// The number of the newest change; 0 when there is none.
    public func newest() async throws(MongoError) -> Int { try await newest(session: nil) }

    /// The number of the newest change at a session's moment.
    func newest(session: MongoSession?) async throws(MongoError) -> Int {
        try await database.collection(.counters).findOne(["_id": "changes"], session: session)?["value"]?.intValue ?? 0
    }

    /// Changes after a number, oldest first, at most `limit`.
    public func changes(after number: Int, limit: Int) async throws(MongoError) -> [Change] {
        try await changes.find(["_id": ["$gt": .int64(Int64(number))]], FindOptions(sort: ["_id": 1], limit: limit))
            .all()
            .compactMap(Change.init)
    }

    /// Wakes a consumer whenever changes are written.
    public func waker() async throws -> ChangeWaker { try await ChangeWaker(database) }

    /// Takes `count` numbers, inside the transaction that writes the changes, so that no number is ever without its change.
    ///
    /// - Returns: The first of them.
    func takeNumbers(_ count: Int, session: MongoSession) async throws(MongoError) -> Int {
        let counter = try await database.collection(.counters).findOneAndUpdate(
            ["_id": "changes"], ["$inc": ["value": .int64(Int64(count))]], .init(upsert: true), session: session)
        return (counter?["value"]?.intValue ?? 0) - count + 1
    }

    /// Which of these keys were deleted last.
    func deleted(
        _ keys: [String], subject: ChangeSubject, session: MongoSession
    ) async throws(MongoError) -> Set<String> {
        let found = try await changes.find(
            ["subject": .string(subject.rawValue), "key": ["$in": .array(keys.map(BSONValue.string))]],
            FindOptions(projection: ["key": 1, "operation": 1]), session: session
        ).all()
        let last = found.reduce(into: [String: (number: Int, operation: String?)]()) { last, change in
            guard let key = change["key"]?.stringValue, let number = change["_id"]?.intValue,
                number > last[key]?.number ?? 0
            else { return }
            last[key] = (number, change["operation"]?.stringValue)
        }
        return Set(last.filter { $0.value.operation == Change.Operation.delete.rawValue }.keys)
    }

    func append(_ changes: [Change], session: MongoSession) async throws(MongoError) {
        guard !changes.isEmpty else { return }
        try await self.changes.insertMany(changes.map(\.asDocument), session: session)
    }
}

extension Change {
    var asDocument: BSONDocument {
        var document: BSONDocument = [
            "_id": .int64(Int64(number)), "subject": .string(subject.rawValue), "key": .string(key),
            "operation": .string(operation.rawValue),
            "fields": .array(fields.map { BSONValue.document($0.asDocument) }),
            "cause": ["kind": .string(cause.kind.rawValue), "id": .string(cause.id)], "at": .date(at),
        ]
        if let entry { document.append(.string(entry), forNew: "entry") }
        if let successor { document.append(.string(successor), forNew: "successor") }
        return document
    }

    init?(_ document: BSONDocument) {
        guard let number = document["_id"]?.intValue, let key = document["key"]?.stringValue,
            let subject = document["subject"]?.stringValue.flatMap(ChangeSubject.init(rawValue:)),
            let operation = document["operation"]?.stringValue.flatMap(Operation.init(rawValue:)),
            let cause = document["cause"]?.documentValue, let at = document["at"]?.dateValue,
            let kind = cause["kind"]?.stringValue.flatMap(ChangeCause.Kind.init(rawValue:))
        else { return nil }
        let fields = document["fields"]?.arrayValue ?? []
        self.init(
            number: number, subject: subject, key: key, operation: operation, fields: fields.compactMap(Field.init),
            cause: ChangeCause(kind, id: cause["id"]?.stringValue ?? ""), at: at)
        entry = document["entry"]?.stringValue
        successor = document["successor"]?.stringValue
    }
}

extension Change.Field {
    /// Put together without a list in between: a change has some thirty of them.
    fileprivate var asDocument: BSONDocument {
        var document = BSONDocument()
        document.reserveCapacity(3)
        document.append(.string(name), forNew: "name")
        document.append(old.map { .string($0.hex) } ?? .null, forNew: "old")
        document.append(new.map { .string($0.hex) } ?? .null, forNew: "new")
        return document
    }

    fileprivate init?(_ value: BSONValue) {
        guard let document = value.documentValue, let name = document["name"]?.stringValue else { return nil }
        self.init(
            name: name, old: document["old"]?.stringValue.map(ContentHash.init(hex:)),
            new: document["new"]?.stringValue.map(ContentHash.init(hex:)))
    }
}
