import CMongoC

/// What a cursor walks over; bytes, so that it can be sent to a lane.
enum CursorSource: Sendable {
    case find(Namespace, filter: [UInt8])
    case aggregate(Namespace, pipeline: [UInt8])
    case databaseAggregate(String, pipeline: [UInt8])
    case collections(String)
    case indexes(Namespace)

    /// Opens libmongoc's cursor, which the caller owns.
    func open(_ client: LaneClient, _ options: BSONDocument, inSession: Bool) throws(MongoError) -> OpaquePointer {
        let cursor = try client.withOptions(options, inSession: inSession) { (options) throws(MongoError) in
            try open(client, options)
        }
        guard let cursor else { throw MongoError(.driver, "libmongoc opened no cursor") }
        return cursor
    }

    private func open(_ client: LaneClient, _ options: OpaquePointer) throws(MongoError) -> OpaquePointer? {
        switch self {
        case .find(let namespace, let filter):
            try client.withCollection(namespace) { (collection) throws(MongoError) in
                withBorrowedBSON(filter) { mongoc_collection_find_with_opts(collection, $0, options, nil) }
            }
        case .aggregate(let namespace, let pipeline):
            try client.withCollection(namespace) { (collection) throws(MongoError) in
                withBorrowedBSON(pipeline) {
                    mongoc_collection_aggregate(collection, MONGOC_QUERY_NONE, $0, options, nil)
                }
            }
        case .databaseAggregate(let name, let pipeline):
            try client.withDatabase(name) { (database) throws(MongoError) in
                withBorrowedBSON(pipeline) { mongoc_database_aggregate(database, $0, options, nil) }
            }
        case .collections(let name):
            try client.withDatabase(name) { (database) throws(MongoError) in
                mongoc_database_find_collections_with_opts(database, options)
            }
        case .indexes(let namespace):
            try client.withCollection(namespace) { (collection) throws(MongoError) in
                mongoc_collection_find_indexes_with_opts(collection, options)
            }
        }
    }
}

extension LaneClient {
    /// Documents of one step, and whether there may be more.
    struct Batch: Sendable {
        var documents: [BSONDocument]
        var cursor: UInt64?
        var lane: LanePool.LaneID
    }

    /// A step returns after this many bytes even when fewer documents than asked came, so that large ones fit in memory.
    private static let batchBytes = 8 * 1024 * 1024

    /// Opens a cursor and reads its first step; the cursor is kept only when it was not read to its end.
    func openCursor(
        _ source: CursorSource, _ options: BSONDocument, step: Int, inSession: Bool
    ) throws(MongoError) -> Batch {
        try timer.time {
            source.shape
        } _: { () throws(MongoError) in
            let cursor = try source.open(self, options, inSession: inSession)
            let number = keep(stealing: cursor)
            return try read(number, step: step)
        }
    }

    /// Reads the next step of a kept cursor and drops it at its end or on an error.
    func readBatch(_ number: UInt64, step: Int) throws(MongoError) -> Batch {
        try timer.time {
            OperationShape(name: "getMore", namespace: "")
        } _: { () throws(MongoError) in
            try read(number, step: step)
        }
    }

    private func read(_ number: UInt64, step: Int) throws(MongoError) -> Batch {
        guard let cursor = cursor(number) else {
            throw MongoError(.cursorNotFound, "the cursor ended with its session or client")
        }
        var isOpen = false
        defer { if !isOpen { discardCursor(number) } }
        var batch = Batch(documents: [], cursor: nil, lane: lane)
        var bytes = 0
        var next: OpaquePointer?
        while mongoc_cursor_next(cursor, &next) {
            guard let document = next else { break }
            let length = bson_get_data(document).map { Int(UnsafeRawPointer($0).loadUnaligned(as: Int32.self)) } ?? 0
            batch.documents.append(try BSONDocument(borrowing: document))
            bytes += length
            if batch.documents.count >= step || bytes >= Self.batchBytes {
                isOpen = true
                batch.cursor = number
                return batch
            }
        }
        try throwError(of: cursor)
        return batch
    }

    private func throwError(of cursor: OpaquePointer) throws(MongoError) {
        var reason = bson_error_t()
        var reply: OpaquePointer?
        guard mongoc_cursor_error_document(cursor, &reason, &reply) else { return }
        let document = reply.flatMap { try? BSONDocument(borrowing: $0) }
        throw MongoError(reason, reply: document ?? [:])
    }
}
