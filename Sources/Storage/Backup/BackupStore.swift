import Foundation
import CrawlDomain
public import MongoDriver

/// Reads everything there is at one moment, and puts it back.
public struct BackupStore: Sendable {
    /// Why a restore is refused.
    public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// There is something already.
        case occupied(database: String, collections: Int)
        /// Programs work with it.
        case inUse(database: String, by: [String])
        /// The backup is of a newer program.
        case newer(version: Int, known: Int)
        /// There is no collection of ours.
        case nothing(database: String)

        public var description: String {
            switch self {
            case .occupied(let name, let count):
                "the database \(name) has \(count) collections already; name one that is empty (--database), or say --replace to drop what it holds"
            case .inUse(let name, let programs):
                "the database \(name) is in use: \(programs.joined(separator: ", ")); end that first (one that was killed counts for up to a minute)"
            case .newer(let version, let known):
                "the backup is of database version \(version), this program knows \(known): restore it with the program that wrote it, or a newer one"
            case .nothing(let name):
                "the database \(name) has no collection of ours: there is nothing to back up; is its name right (--database)?"
            }
        }
    }

    let database: AnimeDatabase

    /// What the server says of a collection of ours.
    public typealias Definition = (name: String, options: BSONDocument, indexes: [BSONDocument])

    /// Our collections, and the names of those that others have put beside them.
    ///
    /// - Throws: ``MigrationError`` where the database is none that this program may read as its own; ``Refusal/nothing(database:)``.
    public func definitions() async throws -> (ours: [Definition], others: [String]) {
        try await database.migrator.refuseForeign()
        var (ours, others) = ([Definition](), [String]())
        for document in try await database.database.collections(["type": "collection"]) {
            guard let name = document["name"]?.stringValue, !name.hasPrefix("system.") else { continue }
            guard CollectionName(rawValue: name) != nil else {
                others.append(name)
                continue
            }
            let indexes = try await database.database.collection(name).indexes()
            ours.append((name, document["options"]?.documentValue ?? [:], indexes))
        }
        guard !ours.isEmpty else { throw Refusal.nothing(database: database.database.name) }
        return (ours.sorted { $0.name < $1.name }, others.sorted())
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

    /// Makes sure that a backup may be put here; nothing is touched.
    ///
    /// - Parameter version: The database version of the backup.
    public func refuse(_ version: Int, replacing: Bool) async throws {
        let known = database.migrator.known
        guard version <= known else { throw Refusal.newer(version: version, known: known) }
        let names = try await names()
        guard names.isEmpty || replacing else {
            throw Refusal.occupied(database: database.database.name, collections: names.count)
        }
        // What a restore that was cut off has put back is as old as the backup.
        let isCutOff =
            try await database.collection(.migrations).findOne(["_id": .int32(MigrationRecord.restoring)]) != nil
        let programs = isCutOff ? [] : try await programs()
        guard programs.isEmpty else { throw Refusal.inUse(database: database.database.name, by: programs) }
    }

    /// What is under way here: leaders' roles and runs that were heard of just now.
    private func programs() async throws(MongoError) -> [String] {
        let leaders = try await database.leaders.leading().map { "serve is at work (\($0))" }
        let runs = try await database.runs.running(heardOfWithin: .seconds(60))
        return leaders + runs.map { "a crawl of \($0.site) runs" }
    }

    /// Drops what is here if that is wanted, and marks the database as one that is being restored: until ``end()`` no program takes it.
    ///
    /// - Parameter version: The database version of the backup.
    public func begin(_ version: Int, replacing: Bool) async throws {
        try await refuse(version, replacing: replacing)
        if try await !names().isEmpty { try await database.database.drop() }
        try await database.collection(.migrations).insert(MigrationRecord.restore(at: Date()))
    }

    /// Ends a restore: the database may be used, and its change log is another one from now on.
    ///
    /// Numbers may be given to other changes than those that were lost, so whoever counted the old log must not go on by number.
    public func end() async throws {
        try await database.collection(.counters).updateOne(
            ["_id": "changes"], ["$set": ["identity": .string(UUID().uuidString)]])
        _ = try await database.collection(.migrations).deleteOne(["_id": .int32(MigrationRecord.restoring)])
    }

    private func names() async throws(MongoError) -> [String] {
        try await database.database.collectionNames().filter { !$0.hasPrefix("system.") }
    }

    /// Puts documents back as they were.
    public func insert(_ documents: [BSONDocument], into collection: String) async throws(MongoError) {
        guard !documents.isEmpty else { return }
        try await database.database.collection(collection).insertMany(documents)
    }
}
