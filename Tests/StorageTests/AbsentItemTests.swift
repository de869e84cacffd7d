import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// Items that are gone or doubted, when other pages of the same document come between.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct AbsentItemTests {
    private static let key = "demo:ada"
    private static let gone = AbsentItem(type: .user, key: key, isPrivate: false)
    private static let madePrivate = AbsentItem(type: .user, key: key, isPrivate: true)
    private static let reparse = ChangeCause(.reparse, id: "test")

    private static func user(_ rows: Int = 3) -> Item {
        Samples.user("ada", scores: Dictionary(uniqueKeysWithValues: (1...rows).map { ($0, 7) }))
    }

    /// What a person's profile page adds to the list.
    private static func profile(_ entries: Int64 = 3) -> Item {
        let names = [
            "days", "mean_score", "watching", "completed", "on_hold", "dropped", "plan_to_watch", "rewatched",
            "episodes",
        ]
        var numbers = JSONObject(names.map { ($0, JSONValue.null) })
        numbers["total_entries"] = .int(entries)
        return Item(
            type: .user, key: key, fields: ["_id": .string(key), "statistics": .object(numbers)],
            extent: ItemExtent(isAddition: true))
    }

    private struct Bench {
        let temporary: TemporaryDatabase
        var database: AnimeDatabase { temporary.database }

        func set(_ path: String, to value: BSONValue) async throws {
            try await temporary.client.database(temporary.name).collection("users").updateOne(
                ["_id": .string(key)], ["$set": [path: value]])
        }

        func document() async throws -> BSONDocument? {
            try await temporary.client.database(temporary.name).collection("users").findOne(["_id": .string(key)])
        }

        /// Visits a page of its own.
        func commit(
            _ absent: [AbsentItem] = [], items: [Item] = [], path: String = "/ada", isKept: Bool = false,
            ledger: MongoLedger? = nil
        ) async throws -> CommitSummary {
            try await database.frontier.makeDue([try Samples.url(path)])
            let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
            let visits = try await database.frontier.lease(1, of: lease).map { url in
                let page = RawPage(
                    site: "demo", url: url.entry.url.href, page: "list", status: 200, contentType: "text/html",
                    body: Array("a list".utf8), fetchedAt: Date())
                var visit = VisitOutcome(
                    visited: url, disposition: .done(revisit: Date().addingTimeInterval(30 * 86_400)), status: 200,
                    items: items, page: isKept ? page : nil)
                visit.absent = absent
                return visit
            }
            let summary = try await (ledger ?? database.ledger).commit(
                visits, under: lease, wait: .zero, cause: Samples.cause, id: UUID().uuidString)
            try await database.frontier.release(lease, memory: HostMemory())
            return summary
        }

        func pages() async throws -> Int {
            try await temporary.client.database(temporary.name).collection("pages").find([:]).all().count
        }
    }

    private static func with(_ body: (Bench) async throws -> Void) async throws {
        try await TemporaryDatabase.with { try await body(Bench(temporary: $0)) }
    }

    private static var daysAgo: BSONValue { .date(Date().addingTimeInterval(-3 * 86_400)) }

    @Test("what a page adds leaves the mark of an absent item, its date included, and what is kept apart")
    func additionLeavesMarks() async throws {
        try await Self.with { bench in
            _ = try await bench.database.ledger.store([Self.user(30)], cause: Samples.cause)
            _ = try await bench.database.ledger.store([Self.user(5)], cause: Samples.cause)
            _ = try await bench.commit([Self.gone])
            let before = try #require(try await bench.document())
            #expect(before["absence"]?["first_seen"]?.dateValue != nil)
            let added = try await bench.database.ledger.store([Self.profile(30)], cause: Samples.cause)
            #expect(added.updated == 1 && added.drops.isEmpty, "\(added.drops)")
            let after = try #require(try await bench.document())
            #expect(after["absence"] == before["absence"])
            #expect(after["quarantine"] == before["quarantine"] && after["quarantine"] != nil)
        }
    }

    @Test("a page that is there, but poorer than what is stored, takes the mark of an absent item away")
    func poorerIsThere() async throws {
        try await Self.with { bench in
            _ = try await bench.database.ledger.store([Self.user(), Self.profile()], cause: Samples.cause)
            _ = try await bench.commit([Self.gone])
            var poorer = Self.user()
            poorer.fields["statistics"] = .null
            let refused = try await bench.database.ledger.store([poorer], cause: Samples.cause)
            #expect(refused.drops.map(\.reason) == [.poorerThanStored])
            let document = try #require(try await bench.document())
            #expect(document["absence"] == nil)
            #expect(document["statistics"]?["total_entries"]?.intValue == 3)
        }
    }

    @Test("an item that the same batch reads is not deleted; one that is private is, whatever else is read of it")
    func batch() async throws {
        try await Self.with { bench in
            _ = try await bench.database.ledger.store([Self.user()], cause: Samples.cause)
            _ = try await bench.commit([Self.gone])
            try await bench.set("absence.first_seen", to: Self.daysAgo)
            #expect(try await bench.commit([Self.gone], items: [Self.user(4)], path: "/a").deleted == 0)
            let document = try #require(try await bench.document())
            #expect(document["list"]?.arrayValue?.count == 4)
            #expect(document["absence"] == nil)
            #expect(try await bench.commit([Self.madePrivate], items: [Self.profile()], path: "/b").deleted == 1)
            #expect(try await bench.document() == nil)
        }
    }

    @Test("a private list's stored page goes with it, and stored pages read again bring nothing back")
    func privateStaysGone() async throws {
        try await Self.with { bench in
            _ = try await bench.commit(items: [Self.user()], isKept: true)
            #expect(try await bench.pages() == 1)
            #expect(try await bench.commit([Self.madePrivate]).deleted == 1)
            #expect(try await bench.pages() == 0)
            let again = try await bench.database.ledger.store([Self.user()], cause: Self.reparse)
            #expect(again.inserted == 0)
            #expect(again.drops.map(\.reason) == [.gone])
            #expect(try await bench.document() == nil)
            // A visit may find it public again.
            #expect(try await bench.commit(items: [Self.user()]).inserted == 1)
            // What was never stored is new to a repaired spider.
            let new = try await bench.database.ledger.store([Samples.user("bob", scores: [1: 8])], cause: Self.reparse)
            #expect(new.inserted == 1)
        }
    }

    @Test("the stored page of an item that is gone stays until its deletion is confirmed")
    func goneKeepsPage() async throws {
        try await Self.with { bench in
            _ = try await bench.commit(items: [Self.user()], isKept: true)
            _ = try await bench.commit([Self.gone])
            #expect(try await bench.pages() == 1)
            try await bench.set("absence.first_seen", to: Self.daysAgo)
            #expect(try await bench.commit([Self.gone]).deleted == 1)
            #expect(try await bench.pages() == 0)
        }
    }

    @Test("a release touches nothing but its field, and a value read meanwhile stays apart")
    func release() async throws {
        try await Self.with { bench in
            let database = bench.database
            for rows in [30, 5] { _ = try await database.ledger.store([Self.user(rows)], cause: Samples.cause) }
            _ = try await bench.commit([Self.gone])
            let outdated = try await database.quarantine.list(key: Self.key)
            _ = try await database.ledger.store([Self.profile(30)], cause: Samples.cause)
            try await database.quarantine.release(outdated)
            let document = try #require(try await bench.document())
            #expect(document["list"]?.arrayValue?.count == 5)
            #expect(document["quarantine"] == nil)
            #expect(document["absence"]?["first_seen"]?.dateValue != nil)
            #expect(document["statistics"]?["total_entries"]?.intValue == 30)
        }
    }

    @Test("what an operator imports is stored though it is poorer")
    func imports() async throws {
        try await Self.with { bench in
            _ = try await bench.database.ledger.store([Self.user(), Self.profile()], cause: Samples.cause)
            var poorer = Self.user()
            poorer.fields["statistics"] = .null
            let stored = try await bench.database.ledger.store([poorer], cause: ChangeCause(.import, id: "test"))
            #expect(stored.updated == 1 && stored.drops.isEmpty)
        }
    }

    @Test("nothing is deleted while the site is held, but for what is private")
    func held() async throws {
        try await Self.with { bench in
            let database = bench.database
            _ = try await database.ledger.store([Self.user()], cause: Samples.cause)
            _ = try await bench.commit([Self.gone])
            try await bench.set("absence.first_seen", to: Self.daysAgo)
            let alarm = DriftAlarm(
                key: StatisticsKey(page: "list", type: .user), field: "list", measure: .filled, holds: true,
                expected: 1, seen: 0.5, since: Date(), raisedAt: Date(), reference: FieldStatistics(), samples: [],
                before: nil)
            _ = try await database.drift.raise([alarm], site: "demo", run: "r", spider: "1")
            let summary = try await bench.commit([Self.gone], path: "/b")
            #expect(summary.deleted == 0 && summary.drops.map(\.reason) == [.gone])
            #expect(try await bench.document()?["absence"]?["visits"]?.intValue == 2)
            try await database.drift.lift(try await database.drift.alarms(site: "demo", isOpen: true), at: Date())
            #expect(try await bench.commit([Self.gone], path: "/c").deleted == 1)
            _ = try await database.ledger.store([Self.user()], cause: Samples.cause)
            _ = try await database.drift.raise([alarm], site: "demo", run: "r2", spider: "1")
            #expect(try await bench.commit([Self.madePrivate], path: "/d").deleted == 1)
        }
    }
}
