import MongoDriver
import Foundation

/// Brings a database up to date: the migrations it has not had, in order, each once, by one program at a time.
///
/// What has been done is kept in `migrations`. A program that dies in the middle leaves its place; whoever comes next goes on from there.
public struct Migrator: Sendable {
    let database: AnimeDatabase
    let migrations: [any Migration]

    /// Seconds after its last step a program that migrates is taken for dead.
    private static let lease = 60

    /// A migration that a database has not had.
    public struct Pending: Sendable, Hashable {
        /// Its number.
        public let number: Int
        /// What it brings.
        public let name: String
        /// Documents it would change.
        public let documents: Int
    }

    init(database: AnimeDatabase, migrations: [any Migration] = Migrations.all) {
        self.database = database
        self.migrations = migrations
    }

    private var records: MongoCollection { database.collection(.migrations) }

    /// The version that this program's databases have.
    public var known: Int { migrations.map(\.number).max() ?? 0 }

    /// The version the database has: the number of the last migration before the first it has not had.
    public func version() async throws -> Int {
        let done = Set(try await done())
        return migrations.map(\.number).sorted().prefix(while: done.contains).last ?? 0
    }

    /// Whether there is nothing yet: then nothing is to be migrated.
    public func isNew() async throws -> Bool { try await database.database.collections().isEmpty }

    /// What ``run(_:)`` would do, without doing it.
    ///
    /// - Throws: ``MigrationError``.
    public func pending() async throws -> [Pending] {
        try await refuseForeign()
        let done = Set(try await done())
        var pending: [Pending] = []
        for migration in migrations where !done.contains(migration.number) {
            pending.append(
                Pending(
                    number: migration.number, name: migration.name,
                    documents: try await migration.remaining(in: database)))
        }
        return pending
    }

    /// Does what is pending; waits while another program does.
    ///
    /// - Returns: Each migration that changed documents, with how many.
    /// - Throws: ``MigrationError``, before anything is touched.
    @discardableResult
    public func run() async throws -> [Pending] {
        try await refuseForeign()
        if try await isNew() {
            try await beginWhole()
            return []
        }
        let had = Set(try await done())
        let pending = migrations.filter { !had.contains($0.number) }
        guard !pending.isEmpty else { return [] }
        for collection in Set(pending.flatMap(\.rewrites)) { try await liftRules(of: collection) }
        var done: [Pending] = []
        for migration in pending {
            let changed = try await carryOut(migration)
            if changed > 0 {
                done.append(Pending(number: migration.number, name: migration.name, documents: changed))
            }
        }
        return done
    }

    /// Makes sure that this program may take the database for its own; nothing is touched.
    ///
    /// - Throws: ``MigrationError``.
    public func refuseForeign() async throws {
        let newest = try await had().map(\.number).max() ?? 0
        guard newest != Int(MigrationRecord.restoring) else {
            throw MigrationError.cutRestore(name: database.database.name)
        }
        guard newest > known else { return }
        throw MigrationError.newerDatabase(name: database.database.name, version: newest, known: known)
    }

    private func done() async throws -> [Int] { try await had().filter(\.isDone).map(\.number) }

    /// The migrations of the database: few, so all are read.
    private func had() async throws -> [(number: Int, isDone: Bool)] {
        try await records.find([:], FindOptions(sort: ["_id": 1])).all().compactMap { record in
            record["_id"]?.intValue.map { ($0, record["state"] == "done") }
        }
    }

    /// An empty database is made as today's are: there is nothing to change.
    private func beginWhole() async throws {
        for migration in migrations {
            try await records.updateOne(
                ["_id": .int32(Int32(migration.number))],
                ["$setOnInsert": .document(MigrationRecord.done(migration, changed: 0, at: Date()))], .upsert)
        }
    }

    /// Without its validator, until the schemas are installed.
    private func liftRules(of collection: CollectionName) async throws {
        let options = try await database.database.collections(["name": .string(collection.rawValue)]).first
        guard options?[path: "options.validator"] != nil else { return }
        try await database.database.setValidator(nil, of: collection.rawValue)
    }

    /// - Returns: Documents changed by this program.
    private func carryOut(_ migration: any Migration) async throws -> Int {
        let id: BSONValue = .int32(Int32(migration.number))
        try await records.updateOne(
            ["_id": id], ["$setOnInsert": .document(MigrationRecord.new(migration, at: Date()))], .upsert)
        var changed = 0
        while true {
            guard let turn = try await MigrationTurn.take(id, seconds: Self.lease, in: records) else {
                if try await records.findOne(["_id": id])?["state"] == "done" { return changed }
                try await Task.sleep(for: .milliseconds(200))
                continue
            }
            var place = turn.place
            while true {
                let step = try await migration.step(in: database, after: place)
                changed += step.changed
                place = step.place
                guard try await turn.advance(to: place, changed: step.changed, in: records) else { break }
                if place == nil { return changed }
            }
        }
    }
}
