import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// Values that are not believed, and items that are gone.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct DoubtTests {
    private func user(_ rows: Int) -> Item {
        Samples.user("ada", scores: Dictionary(uniqueKeysWithValues: (1...rows).map { ($0, 7) }))
    }

    private func rows(_ database: AnimeDatabase) async throws -> Int? {
        try await database.users.user("demo:ada")?["list"]?.arrayValue?.count
    }

    /// Sets the time at which something was seen first, as if days had passed.
    private func age(_ path: String, to value: BSONValue, _ temporary: TemporaryDatabase) async throws {
        try await temporary.client.database(temporary.name).collection("users").updateOne(
            ["_id": "demo:ada"], ["$set": [path: value]])
    }

    @Test("a list of which most is gone stays as it was, without a change, until a later visit confirms it")
    func quarantined() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            _ = try await database.ledger.store([user(30)], cause: Samples.cause)
            let doubted = try await database.ledger.store([user(5)], cause: Samples.cause)
            #expect(doubted.drops.map(\.reason) == [.implausible])
            #expect(doubted.unchanged == 1)
            #expect(try await rows(database) == 30)
            #expect(try await database.changes.newest() == 1)
            #expect(try await database.quarantine.list(site: "demo").map(\.field) == ["list"])

            try await age("quarantine.list.first_seen", to: "2020-01-01T00:00:00Z", temporary)
            let confirmed = try await database.ledger.store([user(6)], cause: Samples.cause)
            #expect(confirmed.updated == 1 && confirmed.drops.isEmpty)
            #expect(try await rows(database) == 6)
            #expect(try await database.quarantine.list(site: nil).isEmpty)
            #expect(try await database.changes.changes(after: 1, limit: 10).map(\.fields.count) == [1])
        }
    }

    @Test("what is read as before again is forgotten")
    func forgotten() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            for rows in [30, 5, 30] { _ = try await database.ledger.store([user(rows)], cause: Samples.cause) }
            #expect(try await database.quarantine.list(site: nil).isEmpty)
            #expect(try await rows(database) == 30)
        }
    }

    @Test("the operator releases a value, which is a change, or drops it, which is none")
    func commands() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            for rows in [30, 5] { _ = try await database.ledger.store([user(rows)], cause: Samples.cause) }
            try await database.quarantine.drop(try await database.quarantine.list(key: "demo:ada"))
            #expect(try await database.quarantine.list(site: nil).isEmpty)
            #expect(try await rows(database) == 30)
            _ = try await database.ledger.store([user(5)], cause: Samples.cause)
            try await database.quarantine.release(try await database.quarantine.list(key: "demo:ada"))
            #expect(try await rows(database) == 5)
            #expect(try await database.changes.changes(after: 1, limit: 10).map(\.cause.kind) == [.release])
            #expect(try await database.quarantine.list(site: nil).isEmpty)
        }
    }

    private func commit(
        _ absent: [AbsentItem], items: [Item] = [], path: String, _ ledger: MongoLedger, _ database: AnimeDatabase,
        cause: ChangeCause = Samples.cause
    ) async throws -> CommitSummary {
        try await database.frontier.makeDue([try Samples.url(path)])
        let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
        let urls = try await database.frontier.lease(1, of: lease)
        let visits = urls.map { url in
            var visit = VisitOutcome(visited: url, disposition: .done(revisit: nil), status: 404, items: items)
            visit.absent = absent
            return visit
        }
        let summary = try await ledger.commit(
            visits, under: lease, wait: .zero, cause: cause, id: UUID().uuidString)
        try await database.frontier.release(lease, memory: HostMemory())
        return summary
    }

    @Test("an item whose page is gone is marked, kept when it comes back, and deleted when it is confirmed days later")
    func deleted() async throws {
        try await TemporaryDatabase.with { temporary in
            let (database, ledger) = (temporary.database, temporary.database.ledger)
            let gone = AbsentItem(type: .user, key: "demo:ada", isPrivate: false)
            _ = try await ledger.store([user(3)], cause: Samples.cause)
            #expect(try await commit([gone], path: "/1", ledger, database).deleted == 0)
            #expect(try await commit([gone], path: "/2", ledger, database).deleted == 0)
            // It comes back: what was counted is forgotten.
            _ = try await ledger.store([user(3)], cause: Samples.cause)
            #expect(try await database.users.user("demo:ada")?["absence"] == nil)
            #expect(try await commit([gone], path: "/3", ledger, database).deleted == 0)
            try await age("absence.first_seen", to: .date(Date().addingTimeInterval(-3 * 86_400)), temporary)
            #expect(try await commit([gone], path: "/4", ledger, database).deleted == 1)
            #expect(try await database.users.user("demo:ada") == nil)
            #expect(try await database.changes.changes(after: 1, limit: 10).map(\.operation) == [.delete])
        }
    }

    @Test("a list that is private now goes at once")
    func privateList() async throws {
        try await TemporaryDatabase.with { temporary in
            let (database, ledger) = (temporary.database, temporary.database.ledger)
            _ = try await ledger.store([user(3)], cause: Samples.cause)
            let gone = AbsentItem(type: .user, key: "demo:ada", isPrivate: true)
            #expect(try await commit([gone], path: "/1", ledger, database).deleted == 1)
            #expect(try await database.users.user("demo:ada") == nil)
        }
    }

    @Test("a run deletes no more than its limit: a site that says of everything that it is gone is ill")
    func limit() async throws {
        try await TemporaryDatabase.with { temporary in
            let (database, ledger) = (temporary.database, temporary.database.ledger)
            let names = (0..<60).map { "user\($0)" }
            _ = try await ledger.store(names.map { Samples.user($0, scores: [1: 8]) }, cause: Samples.cause)
            func absent(_ names: [String], isPrivate: Bool) -> [AbsentItem] {
                names.map { AbsentItem(type: .user, key: "demo:\($0)", isPrivate: isPrivate) }
            }
            _ = try await commit(absent(names, isPrivate: false), path: "/1", ledger, database)
            try await temporary.client.database(temporary.name).collection("users").updateMany(
                [:], ["$set": ["absence.first_seen": .date(Date().addingTimeInterval(-3 * 86_400))]])
            let summary = try await commit(absent(names, isPrivate: false), path: "/2", ledger, database)
            #expect(summary.deleted == 50)
            #expect(summary.drops.count == 10)
            #expect(try await database.users.count() == 10)
            // Those that wait are asked about soon.
            let url = try Samples.url("/2")
            let waiting = try #require(
                try await temporary.client.database(temporary.name).collection("frontier").findOne(
                    ["_id": .string(url.fingerprint.hex)]))
            #expect(waiting["state"]?.stringValue == "retry")
            #expect((waiting["due"]?.dateValue ?? .distantFuture) < Date().addingTimeInterval(2 * 86_400))
            // So it is when the run goes on in another process.
            let later = absent(names, isPrivate: false)
            #expect(try await commit(later, path: "/3", database.ledger, database).deleted == 0)
            let some = absent(
                summary.drops.compactMap(\.key).prefix(4).map { String($0.dropFirst(5)) }, isPrivate: false)
            let other = ChangeCause(.crawl, id: "run-2")
            #expect(try await commit(some, path: "/5", ledger, database, cause: other).deleted == 4)
            // That a private list goes is a promise.
            #expect(
                try await commit(absent(names, isPrivate: true), path: "/4", ledger, database).deleted == 6)
        }
    }
}
