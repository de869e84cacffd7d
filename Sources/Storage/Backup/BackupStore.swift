public import MongoDriver

/// Reads everything there is at one moment, and puts it back.
public struct BackupStore: Sendable {
    /// Why a restore is refused.
    public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// There is something already.
        case occupied(database: String, collections: Int)
        /// The backup is of a newer program.
        case newer(version: Int, known: Int)

        public var description: String {
            switch self {
            case .occupied(let name, let count):
                "the database \(name) has \(count) collections already; name one that is empty (--database), or say --replace to drop what it holds"
            case .newer(let version, let known):
                "the backup is of database version \(version), this program knows \(known): restore it with the program that wrote it, or a newer one"
            }
        }
    }

    let database: AnimeDatabase

    /// What the server says of our collections: name → options and indexes.
    public func definitions() async throws(MongoError) -> [(
        name: String, options: BSONDocument, indexes: [BSONDocument]
    )] {
        var found: [(String, BSONDocument, [BSONDocument])] = []
        for document in try await database.database.collections(["type": "collection"]) {
            guard let name = document["name"]?.stringValue, !name.hasPrefix("system.") else { continue }
            let indexes = try await database.database.collection(name).indexes()
            found.append((name, document["options"]?.documentValue ?? [:], indexes))
        }
        return found.sorted { $0.0 < $1.0 }
    }

    /// Calls `body` with the documents of each of these collections, all of one moment, some at a time.
    ///
    /// - Throws: What `body` throws; `.snapshotTooOld` where it takes longer than the server remembers a moment.
    public func read(
        _ collections: [String], _ body: (_ collection: String, _ documents: [BSONDocument]) throws -> Void
    ) async throws {
        let session = try await database.client.startSnapshot()
        defer { session.end() }
        for name in collections {
            let cursor = try await database.database.collection(name).find(
                [:], FindOptions(batchSize: 1_000), session: session)
            // Also where there is nothing, so that an empty collection is one.
            try body(name, [])
            while let documents = try await cursor.nextBatch() { try body(name, documents) }
        }
    }

    /// Makes sure that a backup may be put here, and drops what is here if that is wanted.
    ///
    /// - Parameter version: The database version of the backup.
    public func clear(for version: Int, replacing: Bool) async throws {
        let known = database.migrator.known
        guard version <= known else { throw Refusal.newer(version: version, known: known) }
        let names = try await database.database.collectionNames().filter { !$0.hasPrefix("system.") }
        guard !names.isEmpty else { return }
        guard replacing else { throw Refusal.occupied(database: database.database.name, collections: names.count) }
        try await database.database.drop()
    }

    /// Puts documents back as they were.
    public func insert(_ documents: [BSONDocument], into collection: String) async throws(MongoError) {
        guard !documents.isEmpty else { return }
        try await database.database.collection(collection).insertMany(documents)
    }
}
