import CrawlDomain
public import MongoDriver

/// Reads collections to take them out: in the order of their keys, as they were at one moment.
public struct ExportStore: Sendable {
    /// Why changes since a number cannot be told.
    public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// Some of the changes that are asked for were removed. Only of `changes` itself: of every document, deleted ones too, the newest
        /// change stays, so that documents can be told since any number.
        case compacted(since: Int, to: Int)
        /// There are not so many changes yet; it is another database's number.
        case future(since: Int, newest: Int)

        public var description: String {
            switch self {
            case .compacted(let since, let compactedTo):
                "changes since \(since) are not all there any more: up to \(compactedTo) only the newest of each document is; expected --since \(compactedTo) or later, or an export of all that is left, without --since"
            case .future(let since, let newest):
                "--since \(since): the newest change is \(newest); expected the number that an export of this database told"
            }
        }
    }

    let database: AnimeDatabase

    /// Documents asked for by key at once.
    private static let keysAtOnce = 200
    private static let batch = 200

    /// Calls `body` with each document of a collection, in the order of their keys.
    ///
    /// - Parameters:
    ///   - site: Only documents of this site; of collections whose keys or fields tell it.
    ///   - since: Only what was written after this change, and the keys of what was deleted. Such documents are as they are now, each once.
    ///   - fields: What is read of them; nil for everything.
    /// - Throws: ``Refusal``; what `body` throws.
    public func read(
        _ collection: ExportedCollection, site: String? = nil, since: Int? = nil, fields: BSONDocument? = nil,
        _ body: (ExportedRow) async throws -> Void
    ) async throws -> ExportExtent {
        var session = try await database.client.startSnapshot()
        defer { session.end() }
        var extent = ExportExtent(since: since, until: try await database.changes.newest(session: session))
        var keys: [String]?
        if let since, let subject = collection.subject {
            keys = try await changedKeys(subject.rawValue, site: site, after: since, to: extent.until, session)
        } else if let since {
            try Self.check(since, extent.until)
            // In the same moment: what is removed is recorded before it is.
            let history = try await database.changes.history(session: session)
            guard history.isComplete(after: since) else {
                throw Refusal.compacted(since: since, to: history.compactedTo)
            }
        }
        var walk = Walk(collection: collection, site: site, since: since, fields: fields, keys: keys?[...])
        while true {
            let before = walk.rows
            do {
                while let rows = try await nextRows(&walk, session) { for row in rows { try await body(row) } }
                return extent
            } catch let error as MongoError where error.isOfPassedMoment && walk.rows > before {
                // Another moment from where this one ended.
                session.end()
                session = try await database.client.startSnapshot()
                walk.cursor = nil
                extent.moments += 1
            }
        }
    }

    /// What the server knows of a collection besides its documents: its options, with the validator, and its indexes.
    public func definition(
        of collection: ExportedCollection
    ) async throws(MongoError) -> (options: BSONDocument, indexes: [BSONDocument], uuid: [UInt8]?) {
        let found = try await database.database.collections(["name": .string(collection.name.rawValue)]).first
        return (
            found?["options"]?.documentValue ?? [:], try await database.collection(collection.name).indexes(),
            found?[path: "info.uuid"]?.binaryValue?.bytes
        )
    }

    /// What is left to be read.
    private struct Walk {
        let collection: ExportedCollection
        let site: String?
        let since: Int?
        let fields: BSONDocument?
        /// Keys still to be read; nil to read all there are.
        var keys: ArraySlice<String>?
        var cursor: MongoCursor?
        var last: BSONValue?
        var rows = 0

        /// What of the collection is still to be read.
        var filter: BSONDocument {
            var bounds: BSONDocument = [:]
            var filter: BSONDocument = [:]
            if let since, collection == .changes { bounds["$gt"] = .int64(Int64(since)) }
            if let site, collection.isKeyedBySite {
                bounds["$gt"] = .string("\(site):")
                // The character after the colon.
                bounds["$lt"] = .string("\(site);")
            }
            if let last { bounds["$gt"] = last }
            if !bounds.isEmpty { filter["_id"] = .document(bounds) }
            if let site, collection == .pages { filter["site"] = .string(site) }
            return filter
        }
    }

    private func nextRows(_ walk: inout Walk, _ session: MongoSession) async throws(MongoError) -> [ExportedRow]? {
        let stored = database.collection(walk.collection.name)
        if let keys = walk.keys {
            guard !keys.isEmpty else { return nil }
            let some = keys.prefix(Self.keysAtOnce)
            let found = try await stored.find(
                ["_id": ["$in": .array(some.map(BSONValue.string))]], FindOptions(projection: walk.fields),
                session: session
            ).all()
            walk.keys = keys.dropFirst(some.count)
            walk.rows += some.count
            let documents = Dictionary(found.map { ($0["_id"]?.stringValue ?? "", $0) }, uniquingKeysWith: { $1 })
            return some.map { key in documents[key].map(ExportedRow.document) ?? .deleted(key) }
        }
        let cursor: MongoCursor
        if let open = walk.cursor {
            cursor = open
        } else {
            cursor = try await stored.find(
                walk.filter, FindOptions(sort: ["_id": 1], projection: walk.fields, batchSize: Self.batch),
                session: session)
            walk.cursor = cursor
        }
        guard let batch = try await cursor.nextBatch() else { return nil }
        walk.last = batch.last?["_id"]
        walk.rows += batch.count
        return batch.map(ExportedRow.document)
    }

    private static func check(_ since: Int, _ newest: Int) throws {
        guard since <= newest else { throw Refusal.future(since: since, newest: newest) }
    }

    /// The keys of the documents that changed, sorted; compaction keeps the newest change of each, so none is missing.
    private func changedKeys(
        _ subject: String, site: String?, after since: Int, to until: Int, _ session: MongoSession
    ) async throws -> [String] {
        try Self.check(since, until)
        let options = FindOptions(sort: ["_id": 1], projection: ["subject": 1, "key": 1])
        var keys: Set<String> = []
        let cursor = try await database.changes.changes.find(
            ["_id": ["$gt": .int64(Int64(since)), "$lte": .int64(Int64(until))]], options,
            session: session)
        while let batch = try await cursor.nextBatch() {
            for change in batch where change["subject"]?.stringValue == subject {
                guard let key = change["key"]?.stringValue, site.map({ key.hasPrefix("\($0):") }) ?? true,
                    subject != ChangeSubject.user.rawValue || !Change.isRedacted(.user, key: key)
                else { continue }
                keys.insert(key)
            }
        }
        return keys.sorted()
    }
}

extension MongoError {
    /// Whether the moment, or the cursor over it, is one that the server does not keep any more.
    fileprivate var isOfPassedMoment: Bool { code == .snapshotTooOld || code == .cursorNotFound }
}
