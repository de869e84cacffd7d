import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct PageArchiveTests {
    private static let path = "/anime/1"

    /// Visits the page, which answers with a text.
    private func visit(
        _ text: String, at time: TimeInterval, isUnread: Bool = false, items: [Item] = [], main: ItemType? = nil,
        in database: AnimeDatabase
    ) async throws -> CommitSummary {
        try await database.frontier.makeDue([try Samples.url(Self.path)])
        let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
        let url = try #require(try await database.frontier.lease(1, of: lease).first)
        var visit = VisitOutcome(
            visited: url, disposition: .done(revisit: Date().addingTimeInterval(86_400)), status: 200, items: items,
            page: RawPage(
                site: "demo", url: url.entry.url.href, page: "anime", status: 200, contentType: nil,
                body: Array(text.utf8), fetchedAt: Date(timeIntervalSince1970: time)))
        visit.isUnread = isUnread
        visit.mainType = main
        let summary = try await database.ledger.commit(
            [visit], under: lease, wait: .zero, cause: Samples.cause, id: UUID().uuidString)
        try await database.frontier.release(lease, memory: HostMemory())
        return summary
    }

    private func texts(_ database: AnimeDatabase) async throws -> [String] {
        var texts: [String] = []
        _ = try await database.pages.forEach(site: "demo") { texts.append(String(decoding: $0.body, as: UTF8.self)) }
        return texts
    }

    @Test("an answer that is not understood is kept beside the last that was, until the next that is")
    func unread() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            _ = try await visit("good", at: 1_000, in: database)
            _ = try await visit("strange", at: 2_000, isUnread: true, in: database)
            _ = try await visit("stranger", at: 3_000, isUnread: true, in: database)
            #expect(try await texts(database) == ["good", "stranger"])
            let fingerprint = try Samples.url(Self.path).fingerprint.hex
            #expect(try await database.pages.page(fingerprint: fingerprint)?.body == Array("stranger".utf8))
            _ = try await visit("better", at: 4_000, in: database)
            #expect(try await texts(database) == ["better"])
        }
    }

    @Test("so is one whose items are refused, for they would lose what is stored; with an item that goes both go")
    func refused() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var item = Samples.user("ada", scores: [1: 8])
            item.fields["favorites"] = ["demo:1"]
            _ = try await visit("whole", at: 1_000, items: [item], in: database)
            item.fields["favorites"] = .array([])
            let summary = try await visit("reduced", at: 2_000, items: [item], in: database)
            #expect(summary.drops.map(\.reason) == [.poorerThanStored])
            #expect(try await texts(database) == ["whole", "reduced"])

            try await database.frontier.makeDue([try Samples.url(Self.path)])
            let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
            let url = try #require(try await database.frontier.lease(1, of: lease).first)
            var gone = VisitOutcome(visited: url, disposition: .done(revisit: nil), status: 200)
            gone.absent = [AbsentItem(type: .user, key: item.key, isPrivate: true)]
            _ = try await database.ledger.commit([gone], under: lease, wait: .zero, cause: Samples.cause, id: "gone")
            #expect(try await texts(database).isEmpty)
        }
    }

    private static func entry(_ fields: JSONObject = [:]) -> Item {
        let whole: JSONObject = [
            "_id": "demo:1", "site": "demo", "id": 1, "url": "http://a.example/anime/1", "title": "Harbour",
            "type": "TV", "title_synonyms": [], "genres": ["Drama"], "openings": ["\"Lanterns\""], "endings": [],
            "related": [], "adult": false, "members": 10, "source": "Original", "background": "It won a prize.",
            "synopsis": "Mio lights lanterns.",
        ]
        return Item(type: .entry, key: "demo:1", fields: fields.reduce(into: whole) { $0[$1.key] = $1.value })
    }

    private static let poor = entry([
        "genres": [], "openings": [], "source": .null, "background": .null, "synopsis": .null,
    ])

    private static func review(_ text: String) -> Item {
        Item(
            type: .review, key: "demo:1",
            fields: [
                "_id": "demo:1", "entry_id": "demo:1", "tags": [], "preliminary": false, "spoiler": false,
                "text": .string(text),
            ])
    }

    @Test(
        "a page of which the entry is refused takes no place, though its reviews are stored; of a page of reviews they count"
    )
    func mainItem() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let whole = [Self.entry(), Self.review("Good.")]
            #expect(try await visit("whole", at: 1_000, items: whole, main: .entry, in: database).inserted == 2)
            let refused = try await visit(
                "poor", at: 2_000, items: [Self.poor, Self.review("Bad.")], main: .entry, in: database)
            #expect(refused.drops.map(\.reason) == [.poorerThanStored] && refused.updated == 1)
            #expect(try await texts(database) == ["whole", "poor"])
            // The entry of the same key is no review.
            let reviews = [Self.review("Fine."), Self.poor]
            _ = try await visit("reviews", at: 3_000, items: reviews, main: .review, in: database)
            #expect(try await texts(database) == ["reviews"])
        }
    }

    @Test(
        "what a page lacks is believed of one that is shorter than when it was read well, and not of one as long as it was"
    )
    func length() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let entries = temporary.client.database(temporary.name).collection("entries")
            func read(_ item: Item, length: Int) async throws -> CommitSummary {
                try await visit(String(repeating: "a", count: length), at: 1_000, items: [item], in: database)
            }
            #expect(try await read(Self.entry(), length: 400).inserted == 1)
            #expect(try await read(Self.poor, length: 310).drops.map(\.reason) == [.poorerThanStored])
            for field in try await database.quarantine.list(key: "demo:1").map(\.field) {
                try await entries.updateOne(
                    ["_id": "demo:1"], ["$set": ["quarantine.\(field).first_seen": "2020-01-01T00:00:00Z"]])
            }
            #expect(try await read(Self.poor, length: 310).drops.map(\.reason) == [.poorerThanStored])
            #expect(try await read(Self.poor, length: 290).updated == 1)
        }
    }

    @Test("how long a page was is known by the one that is kept where its URL does not say")
    func lengthOfKeptPage() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            _ = try await visit("twelve bytes", at: 1_000, in: database)
            try await temporary.client.database(temporary.name).collection("frontier").updateMany(
                [:], ["$unset": ["length": ""]])
            try await database.frontier.makeDue([try Samples.url(Self.path)])
            let lease = try #require(try await database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
            #expect(try await database.frontier.lease(1, of: lease).first?.length == 12)
        }
    }

    @Test("what is kept of a URL is read together: the newest, and the last that was understood where it was not")
    func byURL() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            func pages() async throws -> [[String]] {
                var found: [[String]] = []
                _ = try await database.pages.forEachURL(site: "demo") { newest, understood in
                    found.append(
                        [newest, understood].compactMap { $0 }.map { String(decoding: $0.body, as: UTF8.self) })
                }
                return found
            }
            _ = try await visit("good", at: 1_000, in: database)
            #expect(try await pages() == [["good"]])
            _ = try await visit("strange", at: 2_000, isUnread: true, in: database)
            #expect(try await pages() == [["strange", "good"]])
        }
    }

    @Test("a page that is refused is asked again a few times, and its schedule learns nothing of it")
    func retried() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let url = try Samples.url(Self.path)
            let frontier = temporary.client.database(temporary.name).collection("frontier")
            func read(_ item: Item, rate: Double) async throws -> (state: String?, rate: Double?) {
                // As if its time had come; nobody has asked for it, which would forget the attempts.
                _ = try await database.frontier.add([url])
                try await frontier.updateOne(
                    ["_id": .string(url.fingerprint.hex)], ["$set": ["state": "due", "due": .null]])
                let lease = try #require(
                    try await database.frontier.leaseHost(site: "demo", owner: "w", seconds: 30))
                let leased = try #require(try await database.frontier.lease(1, of: lease).first)
                let record = RevisitRecord(
                    className: nil, history: ChangeHistory(visits: 1, unchanged: 1, changed: []), rate: rate,
                    seen: Date(timeIntervalSince1970: 1_700_000_000), digest: "d", interval: 86_400)
                let decision = RevisitDecision(record: record, due: Date())
                let visit = VisitOutcome(
                    visited: leased, disposition: .done(revisit: Date()), status: 200, items: [item],
                    revisit: RevisitFork(unchanged: decision, changed: decision))
                _ = try await database.ledger.commit(
                    [visit], under: lease, wait: .zero, cause: Samples.cause, id: UUID().uuidString)
                try await database.frontier.release(lease, memory: HostMemory())
                let document = try #require(try await frontier.findOne(["_id": .string(url.fingerprint.hex)]))
                return (document["state"]?.stringValue, document["revisit"]?["rate"]?.doubleValue)
            }
            #expect(try await read(Self.entry(), rate: 1) == ("done", 1))
            for _ in 0..<3 { #expect(try await read(Self.poor, rate: 2) == ("retry", 1)) }
            #expect(try await read(Self.poor, rate: 2) == ("done", 1))
            #expect(try await read(Self.entry(), rate: 3) == ("done", 3))
        }
    }
}
