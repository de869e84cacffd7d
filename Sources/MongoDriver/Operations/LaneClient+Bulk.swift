import CMongoC

extension LaneClient {
    /// Sends rows in as few commands as fit; the indexes of the result are the rows' own.
    ///
    /// - Throws: when the server could not be asked or did not confirm; `partialResult` tells what is known to be done.
    func writeBulk(
        _ rows: [BulkRow], to namespace: Namespace, isOrdered: Bool, inSession: Bool
    ) throws(MongoError) -> BulkResult {
        try timer.time {
            OperationShape(
                name: "bulkWrite", namespace: namespace.text, document: rows.first.flatMap(\.question),
                note: "\(rows.count) rows ")
        } _: { () throws(MongoError) in
            try withCollection(namespace) { (collection) throws(MongoError) in
                try withOptions(["ordered": .bool(isOrdered)], inSession: inSession) { (options) throws(MongoError) in
                    let bulk: OpaquePointer = mongoc_collection_create_bulk_operation_with_opts(collection, options)
                    defer { mongoc_bulk_operation_destroy(bulk) }
                    for row in rows { try row.append(to: bulk) }
                    return try execute(bulk)
                }
            }
        }
    }

    private func execute(_ bulk: OpaquePointer) throws(MongoError) -> BulkResult {
        try withReply { (reply) throws(MongoError) in
            var reason = bson_error_t()
            let isDone = mongoc_bulk_operation_execute(bulk, reply, &reason) != 0
            let document = (try? BSONDocument(borrowing: reply, limit: 3 * BSONLimits.messageBytes)) ?? [:]
            let result = BulkResult(reply: document)
            if isDone { return result }
            let isUnconfirmed = document["writeConcernErrors"]?.arrayValue?.isEmpty == false
            guard result.writeErrors.isEmpty || isUnconfirmed else { return result }
            throw Self.failure(reason, document, result, isUnconfirmed: isUnconfirmed)
        }
    }

    private static func failure(
        _ reason: bson_error_t, _ document: BSONDocument, _ result: BulkResult, isUnconfirmed: Bool
    ) -> MongoError {
        var error = MongoError(reason, reply: document)
        if isUnconfirmed {
            error.code = .writeConcern
            let first = document[path: "writeConcernErrors.0"]
            error.serverCode = first?["code"]?.intValue.map(Int32.init(clamping:))
            error.message = first?["errmsg"]?.stringValue ?? error.message
            error.details = first?["errInfo"]?.documentValue
        }
        error.writeErrors = result.writeErrors
        error.partialResult = result
        return error
    }
}

extension BulkResult {
    init(reply: BSONDocument) {
        errorLabels = Set(reply["errorLabels"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        insertedCount = reply["nInserted"]?.intValue ?? 0
        matchedCount = reply["nMatched"]?.intValue ?? 0
        modifiedCount = reply["nModified"]?.intValue ?? 0
        deletedCount = reply["nRemoved"]?.intValue ?? 0
        for row in reply["upserted"]?.arrayValue ?? [] {
            guard let index = row["index"]?.intValue, let identifier = row["_id"] else { continue }
            upsertedIDs[index] = identifier
        }
        writeErrors = (reply["writeErrors"]?.arrayValue ?? []).compactMap {
            $0.documentValue.flatMap(WriteError.init(reply:))
        }
        writeErrors.sort { $0.index < $1.index }
    }

    /// This result with the indexes of the rows among all models, some of which were not sent.
    func renumbered(_ indexes: [Int]) -> BulkResult {
        func place(_ index: Int) -> Int { indexes.indices.contains(index) ? indexes[index] : index }
        var result = self
        result.upsertedIDs = Dictionary(uniqueKeysWithValues: upsertedIDs.map { (place($0.key), $0.value) })
        for index in result.writeErrors.indices {
            result.writeErrors[index].index = place(result.writeErrors[index].index)
        }
        return result
    }
}

extension WriteError {
    init?(reply: BSONDocument) {
        guard let index = reply["index"]?.intValue, let number = reply["code"]?.intValue else { return nil }
        self.index = index
        serverCode = Int32(clamping: number)
        code = MongoError.Code(serverCode: serverCode)
        message = reply["errmsg"]?.stringValue ?? ""
        details = reply["errInfo"]?.documentValue
    }

    /// A row that was refused before it was sent.
    init(index: Int, _ error: MongoError) {
        self.index = index
        code = error.code
        serverCode = 0
        message = error.fieldPath.map { "\($0): \(error.message)" } ?? error.message
        details = nil
    }
}
