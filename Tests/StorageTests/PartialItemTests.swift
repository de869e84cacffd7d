import CrawlDomain
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// What pages that say only a part of a document, or less than before, do to it.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct PartialItemTests {
    private static func entry(_ more: JSONObject = [:], extent: ItemExtent = .whole) -> Item {
        var fields: JSONObject = [
            "_id": "demo:1", "site": "demo", "id": 1, "url": "http://a.example/anime/1", "title": "Harbour",
            "type": "TV",
            "title_synonyms": [], "genres": ["Drama"], "openings": [], "endings": [], "related": [], "adult": false,
            "members": 10, "img_url": "http://a.example/1.jpg",
            "synopsis": "Every evening Mio lights the lanterns of an old harbour, and one night a ship answers.",
            "recommendations": [["id": 7, "title": "Rain", "votes": 2], ["id": 8, "title": "Snow", "votes": 1]],
        ]
        for (name, value) in more { fields[name] = value }
        return Item(type: .entry, key: "demo:1", fields: fields, extent: extent)
    }

    private static func addition(_ fields: JSONObject, to type: ItemType = .entry, key: String = "demo:1") -> Item {
        var fields = fields
        fields["_id"] = .string(key)
        return Item(type: type, key: key, fields: fields, extent: ItemExtent(isAddition: true))
    }

    private static let counts: JSONObject = [
        "score_counts": [["score": 10, "votes": 3], ["score": 9, "votes": 5]],
        "status_counts": ["watching": 1, "completed": 2, "on_hold": 3, "dropped": 4, "plan_to_watch": 5],
    ]

    /// A document's own fields, and the change that is said to have made it.
    private static func stored(
        _ collection: String, _ key: String, _ temporary: TemporaryDatabase
    ) async throws -> (fields: JSONObject, change: Int64?) {
        let found = try await temporary.client.database(temporary.name).collection(collection)
            .find(["_id": .string(key)]).all()
        let fields = try #require(found.first).jsonObject
        let own = fields.filter { !["run", "change", "content_hash"].contains($0.key) }
        return (JSONObject(own), fields["change"]?.intValue)
    }

    @Test("an addition changes its fields, logs only them, and the next whole item leaves them")
    func addition() async throws {
        try await TemporaryDatabase.with { temporary in
            let (ledger, changes) = (temporary.database.ledger, temporary.database.changes)
            _ = try await ledger.store([Self.entry()], cause: Samples.cause)
            let added = try await ledger.store([Self.addition(Self.counts)], cause: Samples.cause)
            #expect((added.inserted, added.updated, added.drops) == (0, 1, []))
            let change = try #require(try await changes.changes(after: 1, limit: 10).first)
            #expect(change.fields.map(\.name) == ["score_counts", "status_counts"])
            #expect(change.fields.allSatisfy { $0.old == nil && $0.new != nil })
            var whole = Self.entry().fields
            for (name, value) in Self.counts { whole[name] = value }
            #expect(try await Self.stored("entries", "demo:1", temporary).fields == whole)

            let again = try await ledger.store([Self.addition(Self.counts), Self.entry()], cause: Samples.cause)
            #expect((again.updated, again.unchanged) == (0, 1))
            let renamed = try await ledger.store([Self.entry(["title": "Port"])], cause: Samples.cause)
            #expect(renamed.updated == 1)
            #expect(try await changes.changes(after: 2, limit: 10).map { $0.fields.map(\.name) } == [["title"]])
            let (fields, number) = try await Self.stored("entries", "demo:1", temporary)
            #expect(fields["score_counts"] == Self.counts["score_counts"])
            #expect(number == 3)
        }
    }

    @Test("the content's hash is that of the whole document, however it came together")
    func hash() async throws {
        try await TemporaryDatabase.with { temporary in
            let collection = temporary.client.database(temporary.name).collection("entries")
            func hash() async throws -> String? {
                try await collection.find([:]).all().first?["content_hash"]?.stringValue
            }
            _ = try await temporary.database.ledger.store([Self.entry(Self.counts)], cause: Samples.cause)
            let atOnce = try await hash()
            try await collection.deleteMany([:])
            _ = try await temporary.database.ledger.store([Self.entry()], cause: Samples.cause)
            _ = try await temporary.database.ledger.store([Self.addition(Self.counts)], cause: Samples.cause)
            #expect(try await hash() == atOnce)
        }
    }

    @Test("an addition to what is not stored is dropped, and taken once it is, also within one batch")
    func nothingToAddTo() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            let early = try await ledger.store([Self.addition(Self.counts)], cause: Samples.cause)
            #expect(early.drops.map(\.reason) == [.nothingToAddTo])
            #expect(early.drops.map(\.key) == ["demo:1"])
            #expect(try await temporary.database.changes.newest() == 0)
            let both = try await ledger.store([Self.addition(Self.counts), Self.entry()], cause: Samples.cause)
            #expect((both.inserted, both.drops) == (1, []))
            #expect(
                try await Self.stored("entries", "demo:1", temporary).fields["status_counts"]
                    == Self.counts["status_counts"])
        }
    }

    @Test("the first few recommendations of a page update the list of all")
    func parts() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            let few = ItemExtent(parts: ["recommendations": "id"])
            let rows: [JSONValue] = (1...30).map { ["id": .int($0), "title": "T", "votes": 1] }
            _ = try await ledger.store([Self.entry(extent: few)], cause: Samples.cause)
            _ = try await ledger.store([Self.addition(["recommendations": .array(rows)])], cause: Samples.cause)
            _ = try await ledger.store([Self.entry(extent: few)], cause: Samples.cause)
            let stored = try await Self.stored("entries", "demo:1", temporary).fields["recommendations"]?.arrayValue
            #expect(stored?.count == 30)
            #expect(stored?[6] == ["id": 7, "title": "Rain", "votes": 2])
        }
    }

    @Test("a blank addition does not replace what was added before")
    func blankAddition() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            _ = try await ledger.store([Self.entry(Self.counts)], cause: Samples.cause)
            let blank = try await ledger.store(
                [Self.addition(["score_counts": [], "status_counts": .null])], cause: Samples.cause)
            #expect(blank.drops.map(\.reason) == [.poorerThanStored])
            #expect(
                try await Self.stored("entries", "demo:1", temporary).fields["score_counts"]
                    == Self.counts["score_counts"])
        }
    }

    @Test("a mobile page leaves what only the desktop page has")
    func leaves() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            _ = try await ledger.store([Self.entry(["background": "It won a prize."])], cause: Samples.cause)
            let mobile = Self.entry(
                ["members": .null, "background": .null, "title": "Port"],
                extent: ItemExtent(leaves: ["members", "background"]))
            #expect(try await ledger.store([mobile], cause: Samples.cause).updated == 1)
            let fields = try await Self.stored("entries", "demo:1", temporary).fields
            #expect(fields["members"] == 10)
            #expect(fields["background"] == "It won a prize.")
            #expect(fields["title"] == "Port")
        }
    }

    @Test("an entry blank, without its synopsis, or with the beginning of it, does not replace the stored one")
    func reducedEntry() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            _ = try await ledger.store([Self.entry()], cause: Samples.cause)
            let before = try await Self.stored("entries", "demo:1", temporary).fields
            let reduced: [(fields: JSONObject, reason: DropReason)] = [
                (["synopsis": .null], .implausible), (["synopsis": "Every evening Mio lights…"], .poorerThanStored),
                (["img_url": .null], .implausible), (["genres": []], .implausible),
            ]
            for (fields, reason) in reduced {
                let summary = try await ledger.store([Self.entry(fields)], cause: Samples.cause)
                #expect(summary.drops.map(\.reason) == [reason], "\(fields)")
            }
            // What was doubted is found again.
            _ = try await ledger.store([Self.entry()], cause: Samples.cause)
            #expect(try await Self.stored("entries", "demo:1", temporary).fields == before)
            #expect(try await temporary.database.changes.newest() == 1)
        }
    }

    @Test("a shortened review does not replace the whole one; a rewritten one does")
    func reducedReview() async throws {
        func review(_ text: String) -> Item {
            Item(
                type: .review, key: "demo:20",
                fields: [
                    "_id": "demo:20", "entry_id": "demo:1", "author": "ada", "text": .string(text),
                    "preliminary": false,
                    "spoiler": false, "tags": [],
                ])
        }
        let whole = "The harbour is drawn with care, and the ending stays with you for a long time."
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            _ = try await ledger.store([review(whole)], cause: Samples.cause)
            let short = try await ledger.store([review("The harbour is drawn with care...")], cause: Samples.cause)
            #expect(short.drops.map(\.reason) == [.poorerThanStored])
            #expect(try await Self.stored("reviews", "demo:20", temporary).fields["text"]?.stringValue == whole)
            #expect(try await ledger.store([review("I was wrong about it.")], cause: Samples.cause).updated == 1)
        }
    }

    @Test("a list that lost most of its rows does not replace the stored one, unless the profile counts no more")
    func reducedList() async throws {
        func user(_ rows: Int) -> Item {
            Samples.user("ada", scores: Dictionary(uniqueKeysWithValues: (0..<rows).map { ($0 + 1, 8) }))
        }
        func statistics(_ entries: Int64) -> Item {
            let names = ["watching", "completed", "on_hold", "dropped", "plan_to_watch", "rewatched", "episodes"]
            var numbers = JSONObject(names.map { (key: $0, value: JSONValue.int(0)) })
            for (name, value) in [
                ("days", JSONValue.double(1)), ("mean_score", .null), ("total_entries", .int(entries)),
            ] {
                numbers[name] = value
            }
            return Self.addition(
                ["site": "demo", "name": "ada", "statistics": .object(numbers)], to: .user, key: "demo:ada")
        }
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            _ = try await ledger.store([user(60)], cause: Samples.cause)
            for rows in [1, 0, 29] {
                let summary = try await ledger.store([user(rows)], cause: Samples.cause)
                #expect(summary.drops.map(\.reason) == [.implausible], "\(rows)")
            }
            #expect(try await ledger.store([user(40)], cause: Samples.cause).updated == 1)
            #expect(try await ledger.store([statistics(2)], cause: Samples.cause).updated == 1)
            #expect(try await ledger.store([user(2)], cause: Samples.cause).updated == 1)
            let fields = try await Self.stored("users", "demo:ada", temporary).fields
            #expect(fields["list"]?.arrayValue?.count == 2)
            #expect(fields["statistics"]?["total_entries"] == 2)
        }
    }
}
