import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ExportStoreTests {
    /// What was read, in its order.
    private final class Rows {
        var names: [String] = []

        func add(_ row: ExportedRow) {
            switch row {
            case .document(let document): names.append(document["_id"]?.stringValue ?? "")
            case .deleted(let key): names.append("no \(key)")
            }
        }
    }

    private func store(_ names: [String], in database: AnimeDatabase) async throws {
        _ = try await database.ledger.store(names.map { Samples.user($0, scores: [1: 5]) }, cause: Samples.cause)
    }

    private func read(
        _ database: AnimeDatabase, site: String? = nil, since: Int? = nil
    ) async throws -> (names: [String], extent: ExportExtent) {
        let rows = Rows()
        let extent = try await database.exports.read(.users, site: site, since: since) { rows.add($0) }
        return (rows.names, extent)
    }

    private func refusal(_ database: AnimeDatabase, since: Int) async throws -> ExportStore.Refusal? {
        do {
            _ = try await read(database, since: since)
            return nil
        } catch let refusal as ExportStore.Refusal {
            return refusal
        }
    }

    @Test("documents come in the order of their keys, and as they were when it began, whatever is written meanwhile")
    func snapshot() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let names = (100..<600).map { "user\($0)" }
            try await store(names, in: database)
            let rows = Rows()
            let extent = try await database.exports.read(.users) { row in
                rows.add(row)
                if rows.names.count == 1 { try await store(["user000", "user999"], in: database) }
            }
            #expect(rows.names == names.map { "demo:\($0)" })
            #expect(extent.since == nil && extent.until == 500 && extent.moments == 1)
            let since = try await read(database, since: extent.until)
            #expect(since.names == ["demo:user000", "demo:user999"])
        }
    }

    @Test("only what is of a site is read, and only what changed since; what is deleted is told")
    func since() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let stored = temporary.client.database(temporary.name)
            try await store(["ada", "bob"], in: database)
            let first = try await read(database, site: "other")
            #expect(first.names.isEmpty && first.extent.until == 2)
            try await store(["bob", "cy"], in: database)
            try await stored.collection("users").deleteOne(["_id": "demo:cy"])
            let since = try await read(database, site: "demo", since: 2)
            #expect(since.names == ["no demo:cy"])
            let future = try await refusal(database, since: 100)
            #expect(future == .future(since: 100, newest: 3))
        }
    }

    @Test("after compaction documents are told since any number; only the log itself is refused where steps are gone")
    func compacted() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            try await store(["ada", "bob", "cy"], in: database)
            for score in 1...3 {
                let item = Samples.user("ada", scores: [1: score])
                _ = try await database.ledger.store([item], cause: Samples.cause)
            }
            _ = try await database.users.delete(["demo:cy"], cause: Samples.cause)
            let before = try await read(database, since: 1).names
            #expect(before == ["demo:ada", "demo:bob", "no demo:cy"])
            let later = Date().addingTimeInterval(40 * 86_400)
            #expect(try await database.changes.compactor(ChangeRetention()).run(now: later).removed == 4)
            for since in 0...1 { #expect(try await read(database, since: since).names == before) }
            #expect(try await read(database, since: 6).names == ["no demo:cy"])
            let refused = await #expect(throws: ExportStore.Refusal.self) {
                _ = try await database.exports.read(.changes, since: 4) { _ in }
            }
            #expect(refused == .compacted(since: 4, to: 5))
            let numbers = Rows()
            _ = try await database.exports.read(.changes, since: 5) { numbers.add($0) }
            #expect(numbers.names.count == 2)
        }
    }

    @Test(
        "what takes longer than the server keeps a moment goes on with a later one, and the next export brings what that missed"
    )
    func passedMoment() async throws {
        try await PrivateServer.with { server in
            try await TemporaryDatabase.with(uri: server.uri) { temporary in
                let database = temporary.database
                let names = (100..<600).map { "user\($0)" }
                try await store(names, in: database)
                try await temporary.client.database("admin").runCommand([
                    "setParameter": 1, "minSnapshotHistoryWindowInSeconds": 0,
                ])
                let rows = Rows()
                let extent = try await database.exports.read(.users) { row in
                    rows.add(row)
                    guard rows.names.count == 1 else { return }
                    // Each is confirmed by the majority, which moves what the server keeps.
                    for number in 0..<20 { try await store(["user000", "user9\(number)"], in: database) }
                }
                #expect(extent.moments > 1 && extent.until == 500)
                #expect(rows.names.count >= 500 && rows.names == rows.names.sorted())
                let since = try await read(database, since: extent.until)
                #expect(Set(since.names) == Set(["user000"] + (0..<20).map { "user9\($0)" }).mapped)
            }
        }
    }
}

extension Set<String> {
    /// As keys of the site.
    fileprivate var mapped: Set<String> { Set(map { "demo:\($0)" }) }
}
