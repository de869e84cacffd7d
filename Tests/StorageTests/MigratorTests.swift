import CrawlDomain
import Foundation
import MongoDriver
import TestSupport
import Testing

@testable import Storage

/// Doubles `value` of every document of `turns`, three at a time, and can die after or before its place is stored.
private struct Doubling: Migration {
    let number: Int
    let name = "twice as much"
    let rewrites: [CollectionName] = [.turns]
    /// The step in which the program dies, counted over all tries; nil to live.
    var deaths: Deaths

    actor Deaths {
        private var steps = 0
        private let last: Int?
        init(inStep last: Int?) { self.last = last }
        func step() throws {
            steps += 1
            if steps == last { throw CancellationError() }
        }
    }

    private static let open: BSONDocument = ["doubled": ["$exists": false]]

    func remaining(in database: AnimeDatabase) async throws -> Int { try await turns(database).count(Self.open) }

    func step(in database: AnimeDatabase, after place: BSONValue?) async throws -> (changed: Int, place: BSONValue?) {
        let filter: BSONDocument = place.map { ["_id": ["$gt": $0]] } ?? [:]
        let found = try await turns(database).find(filter, FindOptions(sort: ["_id": 1], limit: 3)).all()
        for (index, document) in found.enumerated() {
            // In the middle of a step too.
            if index == found.count / 2 { try await deaths.step() }
            try await turns(database).updateOne(
                ["_id": document["_id"] ?? .null, "doubled": ["$exists": false]],
                .pipeline([["$set": ["value": ["$multiply": ["$value", 2]], "doubled": true]]]))
        }
        return (found.count, found.last?["_id"])
    }

    private func turns(_ database: AnimeDatabase) -> MongoCollection { database.collection(.turns) }
}

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct MigratorTests {
    private static let number = (Migrations.all.map(\.number).max() ?? 0) + 1

    private func migrator(_ temporary: TemporaryDatabase, dyingInStep step: Int? = nil) -> Migrator {
        Migrator(
            database: temporary.database,
            migrations: Migrations.all + [Doubling(number: Self.number, deaths: .init(inStep: step))])
    }

    /// Ten documents as an older program has left them, in which no rule knows of `doubled`.
    private func fill(_ temporary: TemporaryDatabase) async throws -> MongoCollection {
        let turns = temporary.client.database(temporary.name).collection("turns")
        try await temporary.client.database(temporary.name).setValidator(nil, of: "turns")
        for number in 0..<10 {
            try await turns.insert(["_id": .string("turn \(number)"), "value": .int32(Int32(number))])
        }
        try await temporary.client.database(temporary.name).setValidator(["value": ["$lt": 10]], of: "turns")
        return turns
    }

    @Test("a database begins with today's version, and nothing is pending")
    func new() async throws {
        try await TemporaryDatabase.with { temporary in
            let migrator = temporary.database.migrator
            let version = try await migrator.version()
            #expect(version == migrator.known)
            #expect(try await migrator.pending().isEmpty)
        }
    }

    @Test("a dry run tells what is to be changed and changes nothing; a run changes it once, against the old rules")
    func run() async throws {
        try await TemporaryDatabase.with { temporary in
            let turns = try await fill(temporary)
            let migrator = migrator(temporary)
            #expect(try await migrator.pending().map(\.documents) == [10])
            #expect(try await turns.count(["doubled": true]) == 0)
            let told = try await migrator.run()
            #expect(told.map(\.documents) == [10])
            for _ in 0..<2 {
                let values = try await turns.find([:], FindOptions(sort: ["_id": 1])).all().map {
                    $0["value"]?.intValue
                }
                #expect(values == (0..<10).map { 2 * $0 })
                try await migrator.run()
            }
            #expect(try await migrator.version() == Self.number)
        }
    }

    @Test("whatever step a program dies in, the next one goes on, and nothing is changed twice", arguments: 1...4)
    func resumed(step: Int) async throws {
        try await TemporaryDatabase.with { temporary in
            let turns = try await fill(temporary)
            await #expect(throws: CancellationError.self) {
                try await migrator(temporary, dyingInStep: step).run()
            }
            #expect(try await migrator(temporary).version() == Self.number - 1)
            // Its turn has run out by the time somebody comes.
            let records = temporary.client.database(temporary.name).collection("migrations")
            let left = try await records.findOne(["_id": .int32(Int32(Self.number))])
            #expect(left?["state"] == "running")
            #expect((left?["documents"]?.intValue ?? 0) == 3 * (step - 1))
            try await records.updateOne(["state": "running"], ["$set": ["until": .date(.distantPast)]])
            try await migrator(temporary).run()
            let values = try await turns.find([:], FindOptions(sort: ["_id": 1])).all().map { $0["value"]?.intValue }
            #expect(values == (0..<10).map { 2 * $0 })
            #expect(try await migrator(temporary).version() == Self.number)
        }
    }

    @Test("rules that a dead program had lifted are put back by whoever comes next")
    func lifted() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.client.database(temporary.name)
            func rules() async throws -> BSONValue? {
                try await database.collections(["name": "turns"]).first?[path: "options.validator"]
            }
            let before = try #require(try await rules())
            try await database.collection("turns").insert(["_id": "site|demo", "until": .date(Date())])
            await #expect(throws: CancellationError.self) { try await migrator(temporary, dyingInStep: 1).run() }
            #expect(try await rules() != before)
            // Nothing is left of the migration that died but its record.
            try await database.collection("migrations").deleteMany(["_id": .int32(Int32(Self.number))])
            try await temporary.database.prepare(SchemaSet(folder: TemporaryDatabase.schemas))
            #expect(try await rules() == before)
        }
    }

    @Test("of programs that start at once one migrates, and the others wait for it")
    func several() async throws {
        try await TemporaryDatabase.with { temporary in
            let turns = try await fill(temporary)
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await migrator(temporary).run() } }
                try await group.waitForAll()
            }
            #expect(try await turns.count(["doubled": true]) == 10)
            let record = try await temporary.client.database(temporary.name).collection("migrations")
                .findOne(["_id": .int32(Int32(Self.number))])
            #expect(record?["documents"]?.intValue == 10)
        }
    }

    @Test("a rule of the schemas does not change without a migration")
    func rules() throws {
        var all: BSONDocument = [:]
        for schema in try SchemaSet(folder: TemporaryDatabase.schemas).schemas {
            all[schema.collection] = .document(schema.document.withoutWords)
        }
        let rules = ContentHash(ofBytes: try all.bson()).hex
        #expect(
            rules == Migrations.rules,
            "the rules of schemas/ have changed: add a migration, or an `Addition`, to Migrations.all and make rules \(rules)"
        )
    }

    @Test("a database of a newer version is refused before anything is touched")
    func newer() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.client.database(temporary.name)
            try await migrator(temporary).run()
            try await database.setValidator([:], of: "runs")
            await #expect {
                try await temporary.database.prepare(SchemaSet(folder: TemporaryDatabase.schemas))
            } throws: { error in
                "\(error)".contains("is of version \(Self.number), and this program knows versions up to")
            }
            let runs = try await database.collections(["name": "runs"]).first
            #expect(runs?[path: "options.validator"] == nil || runs?[path: "options.validator"] == .document([:]))
        }
    }
}

extension BSONDocument {
    /// A schema without its titles and descriptions.
    fileprivate var withoutWords: BSONDocument {
        var rules: BSONDocument = [:]
        for (key, value) in self {
            switch value {
            // A field may be called so too; then it has a schema.
            case .string where key == "title" || key == "description": continue
            case .document(let inner): rules[key] = .document(inner.withoutWords)
            case .array(let values):
                rules[key] = .array(values.map { $0.documentValue.map { .document($0.withoutWords) } ?? $0 })
            default: rules[key] = value
            }
        }
        return rules
    }
}
