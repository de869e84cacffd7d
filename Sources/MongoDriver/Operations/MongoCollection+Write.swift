extension MongoCollection {
    /// Inserts a document.
    ///
    /// - Returns: Its `_id`; an `ObjectID` is made when it has none.
    /// - Throws: `.duplicateKey`, `.validation` with the rules in `details`, `.invalidBSON` for keys that start with `$` or
    ///   contain a dot.
    @discardableResult
    public func insert(_ document: BSONDocument, session: MongoSession? = nil) async throws(MongoError) -> BSONValue {
        let (identifier, document) = document.identified()
        _ = try await write(.insertOne(document), session: session)
        return identifier
    }

    /// Inserts documents, in order or, if not ordered, all that can be.
    ///
    /// - Returns: Their `_id`s in the same order.
    /// - Throws: When any row failed: `writeErrors` tells which, `partialResult` how many were inserted.
    @discardableResult
    public func insertMany(
        _ documents: [BSONDocument], ordered: Bool = true, session: MongoSession? = nil
    ) async throws(MongoError) -> [BSONValue] {
        let identified = documents.map { $0.identified() }
        let models = identified.map { WriteModel.insertOne($0.document) }
        try await bulkWrite(models, ordered: ordered, session: session).throwIfAnyRowFailed()
        return identified.map(\.identifier)
    }

    /// Changes the first document that matches.
    @discardableResult
    public func updateOne(
        _ filter: BSONDocument, _ update: Update, _ options: UpdateOptions = .init(), session: MongoSession? = nil
    ) async throws(MongoError) -> UpdateResult {
        UpdateResult(try await write(.updateOne(filter, update, options), session: session))
    }

    /// Changes every document that matches; not tried again after a network error.
    @discardableResult
    public func updateMany(
        _ filter: BSONDocument, _ update: Update, _ options: UpdateOptions = .init(), session: MongoSession? = nil
    ) async throws(MongoError) -> UpdateResult {
        UpdateResult(try await write(.updateMany(filter, update, options), session: session))
    }

    /// Replaces the first document that matches.
    @discardableResult
    public func replaceOne(
        _ filter: BSONDocument, with document: BSONDocument, _ options: UpdateOptions = .init(),
        session: MongoSession? = nil
    ) async throws(MongoError) -> UpdateResult {
        UpdateResult(try await write(.replaceOne(filter, document, options), session: session))
    }

    /// Deletes the first document that matches; returns how many were, 0 or 1.
    @discardableResult
    public func deleteOne(_ filter: BSONDocument, session: MongoSession? = nil) async throws(MongoError) -> Int {
        try await write(.deleteOne(filter), session: session).deletedCount
    }

    /// Deletes every document that matches and returns how many; not tried again after a network error.
    @discardableResult
    public func deleteMany(_ filter: BSONDocument, session: MongoSession? = nil) async throws(MongoError) -> Int {
        try await write(.deleteMany(filter), session: session).deletedCount
    }

    /// Does many writes in few round trips.
    ///
    /// Rows that fail, on the server or because they cannot be encoded, are told in the result and do not throw. In order, the
    /// first of them ends the rest; otherwise all others are done.
    ///
    /// - Throws: When the server could not be asked or did not confirm; `partialResult` then tells what is known to be done.
    public func bulkWrite(
        _ models: [WriteModel], ordered: Bool = true, session: MongoSession? = nil
    ) async throws(MongoError) -> BulkResult {
        let plan = BulkPlan(models, isOrdered: ordered)
        guard !plan.rows.isEmpty else { return plan.result(of: BulkResult()) }
        let (namespace, inSession) = (namespace, session != nil)
        do throws(MongoError) {
            let result = try await core.run(session) { (client) throws(MongoError) in
                try client.writeBulk(plan.rows, to: namespace, isOrdered: ordered, inSession: inSession)
            }
            return plan.result(of: result)
        } catch {
            var error = error
            error.partialResult = plan.result(of: error.partialResult ?? BulkResult())
            error.writeErrors = error.partialResult?.writeErrors ?? []
            throw error
        }
    }

    private func write(_ model: WriteModel, session: MongoSession?) async throws(MongoError) -> BulkResult {
        let row = try BulkRow(model)
        let (namespace, inSession) = (namespace, session != nil)
        let result = try await core.run(session) { (client) throws(MongoError) in
            try client.writeBulk([row], to: namespace, isOrdered: true, inSession: inSession)
        }
        try result.throwIfAnyRowFailed()
        return result
    }
}

/// The rows of a bulk write that can be sent, and what is wrong with the others.
struct BulkPlan: Sendable {
    private(set) var rows: [BulkRow] = []
    private var indexes: [Int] = []
    private var refused: [WriteError] = []
    private let isOrdered: Bool

    init(_ models: [WriteModel], isOrdered: Bool) {
        self.isOrdered = isOrdered
        rows.reserveCapacity(models.count)
        // Documents of one batch are about alike in size.
        var expected = 256
        for (index, model) in models.enumerated() {
            do throws(MongoError) {
                let row =
                    if case .insertOne(let document) = model, document["_id"] == nil {
                        try BulkRow(.insertOne(document.identified().document), expecting: expected)
                    } else {
                        try BulkRow(model, expecting: expected)
                    }
                expected = min(max(256, row.storedCount + row.storedCount / 8), 16 << 10)
                rows.append(row)
                indexes.append(index)
            } catch {
                refused.append(WriteError(index: index, error))
                if isOrdered { return }
            }
        }
    }

    /// The server's result in terms of all models.
    func result(of sent: BulkResult) -> BulkResult {
        var result = sent.renumbered(indexes)
        // In order, a row that the server refused ends the rest before ours was reached.
        if !isOrdered || result.writeErrors.isEmpty { result.writeErrors += refused }
        result.writeErrors.sort { $0.index < $1.index }
        return result
    }
}

extension BulkResult {
    /// Makes an error of the rows that failed: with their code when it is the same for all, else `.bulkWrite`.
    public func throwIfAnyRowFailed() throws(MongoError) {
        guard let first = writeErrors.first else { return }
        let isOneKind = writeErrors.allSatisfy { $0.code == first.code }
        let more = writeErrors.count > 1 ? " (and \(writeErrors.count - 1) more rows)" : ""
        var error = MongoError(isOneKind ? first.code : .bulkWrite, first.message + more)
        error.serverCode = first.serverCode == 0 ? nil : first.serverCode
        error.details = first.details
        error.labels = errorLabels
        error.writeErrors = writeErrors
        error.partialResult = self
        throw error
    }
}

/// What an update did.
public struct UpdateResult: Sendable, Hashable {
    /// Documents found.
    public let matchedCount: Int
    /// Documents that were really changed.
    public let modifiedCount: Int
    /// The `_id` of the document inserted because none was found.
    public let upsertedID: BSONValue?

    init(_ result: BulkResult) {
        matchedCount = result.matchedCount
        modifiedCount = result.modifiedCount
        upsertedID = result.upsertedIDs[0]
    }
}

extension BSONDocument {
    /// The document's `_id` and the document with it in front, where the server would put it.
    func identified() -> (identifier: BSONValue, document: BSONDocument) {
        if let identifier = self["_id"] { return (identifier, self) }
        let identifier = BSONValue.objectID(ObjectID())
        return (identifier, BSONDocument(uniqueFields: [Field(key: "_id", value: identifier)] + fields))
    }
}
