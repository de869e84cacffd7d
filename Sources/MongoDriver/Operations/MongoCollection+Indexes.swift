/// An index to have.
public struct IndexModel: Sendable, Hashable {
    /// Fields in order: 1 ascending, -1 descending, or a kind such as `"text"`.
    public var keys: BSONDocument
    /// The index's name; nil for the usual one, such as `a_1_b_-1`.
    public var name: String?
    /// Whether two documents must differ in the keys.
    public var isUnique: Bool
    /// Only documents that match this are in the index.
    public var partialFilter: BSONDocument?
    /// Documents are deleted this long after the date in the indexed field.
    public var expireAfter: Duration?
    /// Further options, by the server's names.
    public var otherOptions: BSONDocument

    /// An index over keys.
    public init(
        _ keys: BSONDocument, name: String? = nil, isUnique: Bool = false, partialFilter: BSONDocument? = nil,
        expireAfter: Duration? = nil, otherOptions: BSONDocument = [:]
    ) {
        self.keys = keys
        self.name = name
        self.isUnique = isUnique
        self.partialFilter = partialFilter
        self.expireAfter = expireAfter
        self.otherOptions = otherOptions
    }

    /// The name it has or gets.
    public var effectiveName: String {
        name
            ?? keys.map { "\($0.key)_\($0.value.intValue.map(String.init) ?? $0.value.stringValue ?? "")" }.joined(
                separator: "_")
    }

    var document: BSONDocument {
        BSONDocument.present([
            "key": .document(keys), "name": .string(effectiveName), "unique": isUnique ? true : nil,
            "partialFilterExpression": partialFilter.map(BSONValue.document),
            "expireAfterSeconds": expireAfter.map { .int64($0.components.seconds) },
        ]).merging(otherOptions)
    }
}

extension MongoCollection {
    /// Creates the indexes that do not exist yet, and waits until they are built.
    ///
    /// - Returns: Their names.
    @discardableResult
    public func createIndexes(
        _ indexes: [IndexModel], timeLimit: Duration? = .seconds(3600)
    ) async throws(MongoError) -> [String] {
        let command: BSONDocument = [
            "createIndexes": .string(name), "indexes": .array(indexes.map { .document($0.document) }),
        ]
        _ = try await run(command, kind: .write, timeLimit: timeLimit, session: nil)
        return indexes.map(\.effectiveName)
    }

    /// The indexes there are, as the server describes them.
    public func indexes() async throws(MongoError) -> [BSONDocument] {
        try await MongoCursor.open(core, .indexes(namespace), [:], step: 1000, session: nil).all()
    }

    /// Drops an index by name.
    public func dropIndex(_ name: String) async throws(MongoError) {
        let command: BSONDocument = ["dropIndexes": .string(self.name), "index": .string(name)]
        _ = try await run(command, kind: .write, timeLimit: nil, session: nil)
    }

    /// Drops the collection with its documents and indexes; nothing happens when there is none.
    public func drop() async throws(MongoError) {
        do throws(MongoError) {
            _ = try await run(["drop": .string(name)], kind: .write, timeLimit: nil, session: nil)
        } catch  where error.code == .namespaceNotFound {
        }
    }
}
