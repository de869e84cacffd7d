import CMongoC

/// A namespace: a collection in a database.
struct Namespace: Sendable, Hashable {
    let database: String
    let collection: String
}

extension LaneClient {
    /// Runs one command and returns the server's reply.
    func run(
        _ command: [UInt8], on database: String, kind: CommandKind, inSession: Bool, options: BSONDocument = [:]
    ) throws(MongoError) -> BSONDocument {
        try timer.time {
            OperationShape(command: (try? BSONDocument(bson: command)) ?? [:], database: database)
        } _: { () throws(MongoError) in
            try withOptions(options, inSession: inSession) { (options) throws(MongoError) in
                try withBorrowedBSON(command) { (command) throws(MongoError) in
                    try withReply { (reply) throws(MongoError) in
                        var reason = bson_error_t()
                        guard send(command, to: database, kind, options, reply, &reason) else {
                            throw MongoError(reason, reply: (try? BSONDocument(borrowing: reply)) ?? [:])
                        }
                        return try BSONDocument(borrowing: reply)
                    }
                }
            }
        }
    }

    private func send(
        _ command: OpaquePointer, to database: String, _ kind: CommandKind, _ options: OpaquePointer,
        _ reply: OpaquePointer, _ reason: inout bson_error_t
    ) -> Bool {
        switch kind {
        case .read: mongoc_client_read_command_with_opts(pointer, database, command, nil, options, reply, &reason)
        case .write: mongoc_client_write_command_with_opts(pointer, database, command, options, reply, &reason)
        case .readWrite:
            mongoc_client_read_write_command_with_opts(pointer, database, command, nil, options, reply, &reason)
        case .plain: mongoc_client_command_with_opts(pointer, database, command, nil, options, reply, &reason)
        }
    }

    /// Lends options in libmongoc's form, with the lane's session in them if asked.
    func withOptions<Value>(
        _ options: BSONDocument, inSession: Bool, _ body: (OpaquePointer) throws(MongoError) -> Value
    ) throws(MongoError) -> Value {
        var options = options
        // libmongoc lets the client's own level win over that of a session's snapshot, unless the operation says it.
        if inSession, readsSnapshot { options["readConcern"] = ["level": "snapshot"] }
        let bytes = try BSONWriter.bytes(of: options)
        guard inSession else { return try withBorrowedBSON(bytes, body) }
        let session = try openSession()
        guard let owned = bson_new_from_data(bytes, bytes.count) else {
            throw MongoError(.driver, "libbson refused the options")
        }
        defer { bson_destroy(owned) }
        var reason = bson_error_t()
        guard mongoc_client_session_append(session, owned, &reason) else { throw MongoError(reason) }
        return try body(owned)
    }

    /// Lends a collection's handle.
    func withCollection<Value>(
        _ namespace: Namespace, _ body: (OpaquePointer) throws(MongoError) -> Value
    ) throws(MongoError) -> Value {
        let collection: OpaquePointer = mongoc_client_get_collection(pointer, namespace.database, namespace.collection)
        defer { mongoc_collection_destroy(collection) }
        return try body(collection)
    }

    /// Lends a database's handle.
    func withDatabase<Value>(
        _ name: String, _ body: (OpaquePointer) throws(MongoError) -> Value
    ) throws(MongoError) -> Value {
        let database: OpaquePointer = mongoc_client_get_database(pointer, name)
        defer { mongoc_database_destroy(database) }
        return try body(database)
    }
}
