/// A database; a value that names it, nothing is sent until an operation is called.
public struct MongoDatabase: Sendable {
    let core: ClientCore
    /// The database's name.
    public let name: String

    /// A collection by name.
    public func collection(_ name: String) -> MongoCollection {
        MongoCollection(core: core, namespace: Namespace(database: self.name, collection: name))
    }

    /// Runs a command as it stands, or with the client's concerns and retries for its kind.
    @discardableResult
    public func runCommand(
        _ command: BSONDocument, kind: CommandKind = .plain, session: MongoSession? = nil
    ) async throws(MongoError) -> BSONDocument {
        try await core.run(command, on: name, kind: kind, session: session)
    }

    /// Creates a collection.
    ///
    /// - Parameters:
    ///   - name: The collection's name.
    ///   - validator: What every document must satisfy, such as `["$jsonSchema": …]`; checked strictly, violations are errors.
    ///   - options: Further options, by the server's names.
    /// - Throws: `.namespaceExists` when there is one.
    public func createCollection(
        _ name: String, validator: BSONDocument? = nil, options: BSONDocument = [:]
    ) async throws(MongoError) {
        let command = (["create": .string(name)] as BSONDocument).merging(Self.strict(validator)).merging(options)
        _ = try await core.run(command, on: self.name, kind: .write, session: nil)
    }

    /// Sets or removes what every document written from now on must satisfy.
    public func setValidator(_ validator: BSONDocument?, of collection: String) async throws(MongoError) {
        let command = (["collMod": .string(collection)] as BSONDocument).merging(Self.strict(validator ?? [:]))
        _ = try await core.run(command, on: name, kind: .write, session: nil)
    }

    private static func strict(_ validator: BSONDocument?) -> BSONDocument {
        guard let validator else { return [:] }
        return ["validator": .document(validator), "validationLevel": "strict", "validationAction": "error"]
    }

    /// The collections, as the server describes them: `name`, `type`, `options`.
    public func collections(_ filter: BSONDocument = [:]) async throws(MongoError) -> [BSONDocument] {
        let options: BSONDocument = filter.isEmpty ? [:] : ["filter": .document(filter)]
        return try await MongoCursor.open(core, .collections(name), options, step: 1000, session: nil).all()
    }

    /// The names of the collections, sorted.
    public func collectionNames() async throws(MongoError) -> [String] {
        try await collections().compactMap { $0["name"]?.stringValue }.sorted()
    }

    /// The results of a pipeline that starts from no collection.
    public func aggregate(
        _ pipeline: [BSONDocument], timeLimit: Duration? = nil, session: MongoSession? = nil
    ) async throws(MongoError) -> MongoCursor {
        let source = CursorSource.databaseAggregate(name, pipeline: try BSONDocument.array(pipeline).bson())
        var options = BSONDocument()
        options.setTimeLimit(timeLimit)
        return try await MongoCursor.open(core, source, options, step: 1000, session: session)
    }

    /// Drops the database with everything in it.
    public func drop() async throws(MongoError) {
        _ = try await core.run(["dropDatabase": 1], on: name, kind: .write, session: nil)
    }
}
