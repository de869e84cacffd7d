import CrawlDomain
import Foundation
import Indexing
import MongoDriver
import Storage
import WebStandards

/// What the program costs at the size of a whole site: loading, taking in through the ledger, and what one changed entry costs the catalogue.
struct ScaleBenchmark {
    let client: MongoClient
    let raw: MongoDatabase
    let database: AnimeDatabase
    let schemas: URL
    let catalogue: ScaleCatalogue

    static let cause = ChangeCause(.import, id: "scale")
    /// Documents of one bulk write.
    private static let batch = 200
    /// Changed entries of one kind that are measured.
    private static let changes = 100

    init(uri: String, schemas: URL, catalogue: ScaleCatalogue) throws {
        client = try MongoClient(uri: uri)
        raw = client.database("bench_scale")
        database = AnimeDatabase(client: client, name: "bench_scale")
        (self.schemas, self.catalogue) = (schemas, catalogue)
    }

    /// Fills an empty database in bulk, beside the ledger, and combines the entries.
    func load() async throws {
        try await raw.drop()
        try await database.prepare(SchemaSet(folder: schemas))
        let (entries, users) = (catalogue.entries, catalogue.users)
        try await report("bulk_entries", of: entries) {
            try await insert(entries, into: "entries") { BSONDocument(catalogue.entry($0 + 1)) }
        }
        try await report("bulk_users", of: users) { try await insert(users, into: "users") { catalogue.user($0) } }
        try await report("combine_all", of: entries) {
            try await CatalogueFollower(database: database).rebuild(cause: Self.cause)
        }
        try await sizes()
    }

    /// Measures a database that was filled.
    func measure() async throws {
        try await database.prepare(SchemaSet(folder: schemas))
        let follower = CatalogueFollower(database: database)
        try await follower.catchUp()
        let entries = try await ingest()
        try await report("combine_ingested", of: entries) { try await follower.catchUp() }
        var (latencies, written): ([String: [Double]], [String: Int]) = ([:], [:])
        var numbers = Numbers(seed: UInt64(Date().timeIntervalSince1970))
        for round in 0..<Self.changes {
            var number = 1
            var first = 1
            while number == first {
                number = 1 + numbers.below(catalogue.entries)
                first = catalogue.franchise(of: number).first
            }
            for kind in ["description", "title", "split", "join"] {
                let changed = kind == "title" ? first : number
                var entry = catalogue.entry(changed, revision: 1 + round)
                switch kind {
                case "title": entry["title"] = .string("Renamed \(first) in \(round)")
                case "split": entry["related"] = []
                default: break
                }
                let item = Item(type: .entry, key: ScaleCatalogue.key(changed), fields: entry)
                _ = try await database.ledger.store([item], cause: Self.cause)
                let before = try await database.changes.newest()
                let start = ContinuousClock.now
                try await follower.catchUp()
                latencies[kind, default: []].append(start.duration(to: .now) / .milliseconds(1))
                written[kind, default: 0] += try await database.changes.newest() - before
            }
        }
        for (kind, times) in latencies.sorted(by: { $0.key < $1.key }) {
            let sorted = times.sorted()
            emit([
                "benchmark": "scale", "figure": .string("changed_entry_\(kind)"),
                "median_ms": .double(sorted[sorted.count / 2]), "p95_ms": .double(sorted[sorted.count * 95 / 100]),
                "anime_written": .double(Double(written[kind] ?? 0) / Double(sorted.count)),
            ])
        }
        try await sizes()
    }

    /// Takes documents in as a crawl or an import does: checked, compared, with their numbered changes, in one transaction each batch.
    ///
    /// - Returns: How many entries.
    private func ingest() async throws -> Int {
        // Beyond those that are there: all are new, and the number of users and rows stays what it was but for a few.
        let first = try await raw.collection("entries").estimatedCount()
        let count = min(3_000, catalogue.entries)
        let grown = ScaleCatalogue(entries: first + count, users: catalogue.users, rows: catalogue.rows)
        let entries = (1...count).map { number in
            Item(type: .entry, key: ScaleCatalogue.key(first + number), fields: grown.entry(first + number))
        }
        try await report("ledger_new_entries", of: count) { try await store(entries) }
        try await report("ledger_same_entries", of: count) { try await store(entries) }
        let firstUser = try await raw.collection("users").estimatedCount()
        let users = (0..<min(3_000, catalogue.users)).map { number -> Item in
            let fields = catalogue.user(firstUser + number).jsonObject
            return Item(type: .user, key: fields["_id"]?.stringValue ?? "", fields: fields)
        }
        try await report("ledger_new_users", of: users.count) { try await store(users) }
        try await report("ledger_same_users", of: users.count) { try await store(users) }
        return count
    }

    func store(_ items: [Item]) async throws {
        for start in stride(from: 0, to: items.count, by: Self.batch) {
            let batch = Array(items[start..<min(start + Self.batch, items.count)])
            let summary = try await database.ledger.store(batch, cause: Self.cause)
            if let drop = summary.drops.first { throw Refused(description: "\(drop.key ?? "?"): \(drop.detail)") }
        }
    }

    /// A document of ours that the ledger does not take: the benchmark is wrong.
    private struct Refused: Error, CustomStringConvertible { let description: String }

    /// Inserts documents, several batches at once.
    private func insert(
        _ count: Int, into collection: String, _ document: @escaping @Sendable (Int) -> BSONDocument
    ) async throws {
        let target = raw.collection(collection)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, start) in stride(from: 0, to: count, by: Self.batch).enumerated() {
                if index >= 4 { try await group.next() }
                group.addTask {
                    let documents = (start..<min(start + Self.batch, count)).map(document)
                    _ = try await target.insertMany(documents, ordered: false)
                }
            }
            try await group.waitForAll()
        }
    }

    /// Times some work and prints how much of it was done in a second.
    func report(_ figure: String, of count: Int, _ work: () async throws -> Void) async throws {
        let (start, cpu) = (ContinuousClock.now, clock())
        try await work()
        let seconds = start.duration(to: .now) / .seconds(1)
        emit([
            "benchmark": "scale", "figure": .string(figure), "documents": .int(Int64(count)),
            "seconds": .double(seconds), "per_second": .double(Double(count) / seconds),
            "client_cpu_seconds": .double(Double(clock() - cpu) / Double(CLOCKS_PER_SEC)),
        ])
    }

    private func sizes() async throws {
        // What is in memory only is not in the files yet.
        _ = try await client.database("admin").runCommand(["fsync": 1])
        for name in ["entries", "users", "anime", "changes"] {
            let stats = try await raw.runCommand(["collStats": .string(name)])
            let bytes = { (field: String) in JSONValue.int(Int64(stats[field]?.intValue ?? 0)) }
            emit([
                "benchmark": "scale", "figure": .string("size_\(name)"), "documents": bytes("count"),
                "bytes": bytes("size"), "storage_bytes": bytes("storageSize"), "index_bytes": bytes("totalIndexSize"),
            ])
        }
    }

    func emit(_ line: JSONObject) {
        print(JSONValue.object(line).serialized())
        fflush(nil)
    }
}
