/// Which state of a document is returned by an operation that changes it.
public enum ReturnedDocument: Sendable {
    /// As it was before.
    case before
    /// As it is afterwards.
    case after
}

/// How one document is chosen, changed and returned at once.
public struct FindAndUpdateOptions: Sendable {
    /// What the update does besides.
    public var update: UpdateOptions
    /// Which document is first when several match: 1 ascending, -1 descending.
    public var sort: BSONDocument?
    /// Fields to return (1) or leave out (0).
    public var projection: BSONDocument?
    /// Which state is returned.
    public var returning: ReturnedDocument
    /// Time the server may work on this.
    public var timeLimit: Duration?

    /// Changes the first match and returns it as it is afterwards.
    public init(
        upsert: Bool = false, sort: BSONDocument? = nil, projection: BSONDocument? = nil,
        returning: ReturnedDocument = .after, arrayFilters: [BSONDocument] = [], hint: BSONValue? = nil,
        timeLimit: Duration? = nil
    ) {
        update = UpdateOptions(upsert: upsert, arrayFilters: arrayFilters, hint: hint)
        self.sort = sort
        self.projection = projection
        self.returning = returning
        self.timeLimit = timeLimit
    }
}

extension MongoCollection {
    /// Changes the first document that matches and returns it, in one atomic step; nil when none matches.
    public func findOneAndUpdate(
        _ filter: BSONDocument, _ update: Update, _ options: FindAndUpdateOptions = .init(),
        session: MongoSession? = nil
    ) async throws(MongoError) -> BSONDocument? {
        let checked = try update.checked()
        let change: BSONValue =
            if case .pipeline(let stages) = update { .array(stages.map(BSONValue.document)) } else {
                .document(checked)
            }
        return try await findAndModify(filter, change: change, options, session: session)
    }

    /// Replaces the first document that matches and returns it, in one atomic step; nil when none matches.
    public func findOneAndReplace(
        _ filter: BSONDocument, with document: BSONDocument, _ options: FindAndUpdateOptions = .init(),
        session: MongoSession? = nil
    ) async throws(MongoError) -> BSONDocument? {
        _ = try BSONWriter.storedBytes(of: document)
        return try await findAndModify(filter, change: .document(document), options, session: session)
    }

    /// Deletes the first document that matches and returns it, in one atomic step; nil when none matches.
    public func findOneAndDelete(
        _ filter: BSONDocument, sort: BSONDocument? = nil, projection: BSONDocument? = nil, timeLimit: Duration? = nil,
        session: MongoSession? = nil
    ) async throws(MongoError) -> BSONDocument? {
        let command = BSONDocument.present([
            "findAndModify": .string(name), "query": .document(filter), "remove": true,
            "sort": sort.map(BSONValue.document), "fields": projection.map(BSONValue.document),
        ])
        return try await run(command, kind: .write, timeLimit: timeLimit, session: session)["value"]?.documentValue
    }

    private func findAndModify(
        _ filter: BSONDocument, change: BSONValue, _ options: FindAndUpdateOptions, session: MongoSession?
    ) async throws(MongoError) -> BSONDocument? {
        let command = BSONDocument.present([
            "findAndModify": .string(name), "query": .document(filter), "update": change,
            "new": .bool(options.returning == .after), "sort": options.sort.map(BSONValue.document),
            "fields": options.projection.map(BSONValue.document),
        ]).merging(options.update.document)
        let reply = try await run(command, kind: .write, timeLimit: options.timeLimit, session: session)
        return reply["value"]?.documentValue
    }
}
