import CrawlDomain
import Foundation
import Indexing
import Storage
import TestSupport
import Testing
import WebStandards

/// What is published of a site, and of those beside it, while it is held.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct HeldSiteTests {
    private static let cause = ChangeCause(.crawl, id: "test")

    private static func entry(_ site: String, _ id: Int, same: [(site: String, id: Int)] = []) -> Item {
        let url = "http://\(site).example/anime/"
        let key = "\(site):\(id)"
        return Item(
            type: .entry, key: key,
            fields: [
                "_id": .string(key), "site": .string(site), "id": .int(Int64(id)),
                "url": .string("\(url)\(id)"),
                "title": .string("The \(site) \(id)"), "type": "TV", "title_synonyms": [],
                "genres": ["Drama"],
                "openings": [], "endings": [], "related": [], "adult": false,
                "synopsis": .string(
                    "Every evening number \(id) lights the lanterns of \(site), and a ship answers."),
                "external_ids": .array(
                    same.map { other in
                        [
                            "site": .string(other.site), "id": .string("\(other.id)"),
                            "url": .string("http://\(other.site).example/anime/\(other.id)"),
                        ]
                    }),
            ])
    }

    private static func user(_ site: String, _ name: String) -> Item {
        let list: [JSONValue] = (1...3).map { id in
            [
                "entry_id": .string("\(site):\(id)"), "title": .string("The \(site) \(id)"), "type": "TV",
                "score": .int(Int64(5 + id)), "status": "completed", "watched_episodes": 12,
                "rewatching": false,
                "started": .null, "finished": .null, "updated": .null,
            ]
        }
        let key = "\(site):\(name)"
        return Item(
            type: .user, key: key,
            fields: [
                "_id": .string(key), "site": .string(site), "name": .string(name), "list": .array(list),
            ])
    }

    private static func hold(_ site: String, _ database: AnimeDatabase) async throws {
        let alarm = DriftAlarm(
            key: StatisticsKey(page: "anime", type: .entry), field: "synopsis", measure: .filled,
            holds: true,
            expected: 1, seen: 0.5, since: Date(), raisedAt: Date(), reference: FieldStatistics(),
            samples: [],
            before: nil)
        _ = try await database.drift.raise([alarm], site: site, run: "test", spider: "1")
        #expect(try await database.drift.heldSites() == [site])
    }

    private static func lift(_ site: String, _ database: AnimeDatabase) async throws {
        try await database.drift.lift(
            try await database.drift.alarms(site: site, isOpen: true), at: Date())
    }

    /// The anime that each entry is in.
    private static func homes(_ database: AnimeDatabase) async throws -> [String: [String]] {
        var homes: [String: [String]] = [:]
        try await database.catalogue.forEachAnime { anime in
            for key in anime["entries"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
                homes[key, default: []].append(anime["_id"]?.stringValue ?? "")
            }
        }
        return homes
    }

    private static func makePrivate(_ key: String, site: String, _ database: AnimeDatabase)
        async throws
    {
        let url = try #require(WebURL("http://127.0.0.1:8001/list"))
        let queued = FrontierURL(
            url: url, fingerprint: CanonicalURL(url).fingerprint, site: site, page: "list", priority: 0,
            depth: 0,
            via: nil)
        try await database.frontier.makeDue([queued])
        let lease = try #require(
            try await database.frontier.leaseHost(site: site, owner: "w", seconds: 30))
        let visits = try await database.frontier.lease(1, of: lease).map { url in
            var visit = VisitOutcome(visited: url, disposition: .done(revisit: nil), status: 403)
            visit.absent = [AbsentItem(type: .user, key: key, isPrivate: true)]
            return visit
        }
        let summary = try await database.ledger.commit(
            visits, under: lease, wait: .zero, cause: cause, id: UUID().uuidString)
        #expect(summary.deleted == 1)
    }

    @Test("a list that was made private leaves the published index though its site is held")
    func privateList() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let items =
                (1...3).map { Self.entry("bad", $0) } + ["ada", "bob"].map { Self.user("bad", $0) }
            _ = try await database.ledger.store(items, cause: Self.cause)
            let indexer = Indexer(database: database)
            #expect(try await indexer.build().users == 2)
            try await Self.hold("bad", database)
            try await Self.makePrivate("bad:ada", site: "bad", database)
            _ = try await database.ledger.store([Self.user("bad", "eve")], cause: Self.cause)
            let held = try await indexer.update().version
            #expect(held.users == 1)
            #expect(held.held["bad"] != nil)
            try await Self.lift("bad", database)
            #expect(try await indexer.update().version.users == 2)
            #expect(try await indexer.verify().different == [])
        }
    }

    @Test("the first index is built without a site that is held, and takes it in when the hold ends")
    func firstIndex() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let sites = ["good", "bad"]
            let items = sites.flatMap { site in
                (1...3).map { Self.entry(site, $0) } + [Self.user(site, "ada")]
            }
            _ = try await database.ledger.store(items, cause: Self.cause)
            try await Self.hold("bad", database)
            let indexer = Indexer(database: database)
            let first = try await indexer.build()
            #expect((first.items, first.users) == (3, 1))
            #expect(first.held == ["bad": 0])
            // The second is as ever: what is published must not be thrown away.
            await #expect(throws: IndexError.self) { try await indexer.build() }
            #expect(try await indexer.update().changes == 0)
            try await Self.lift("bad", database)
            let whole = try await indexer.update().version
            #expect((whole.items, whole.users) == (6, 2))
            #expect(whole.held.isEmpty)
            #expect(try await indexer.verify().different == [])
        }
    }

    @Test(
        "every entry of another site stays in one anime while what it was combined with, or is now, is held"
    )
    func groups() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let follower = CatalogueFollower(database: database)
            // good:1 is combined with bad:1; good:2 and good:3 with each other.
            var items = [
                Self.entry("good", 1, same: [("bad", 1)]), Self.entry("good", 2, same: [("good", 3)]),
                Self.entry("good", 3), Self.entry("good", 4), Self.entry("bad", 1),
            ]
            _ = try await database.ledger.store(items, cause: Self.cause)
            try await follower.catchUp()
            let before = try await Self.homes(database)
            #expect(before["good:1"] == before["bad:1"] && before["good:2"] == before["good:3"])
            try await Self.hold("bad", database)
            // Now good:1 is by itself, good:2 belongs to bad:1, good:3 to good:4.
            items = [
                Self.entry("good", 1), Self.entry("good", 2, same: [("bad", 1)]),
                Self.entry("good", 3, same: [("good", 4)]),
            ]
            _ = try await database.ledger.store(items, cause: Self.cause)
            try await follower.catchUp()
            #expect(try await Self.homes(database) == before)
            try await Self.lift("bad", database)
            try await follower.catchUp()
            let after = try await Self.homes(database)
            #expect(after.values.allSatisfy { $0.count == 1 })
            #expect(after["good:2"] == after["bad:1"] && after["good:3"] == after["good:4"])
            #expect(after["good:1"] != after["bad:1"])
            let again = try await follower.rebuild(cause: Self.cause)
            #expect(again.inserted + again.updated == 0)
        }
    }
}
