import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// Items of which a page has lost much, and lost it for good.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ConfirmedLossTests {
    private static let long = "Every evening Mio lights the lanterns of an old harbour, and one night a ship answers."
    private static let full: JSONObject = [
        "_id": "demo:1", "site": "demo", "id": 1, "url": "http://a.example/anime/1", "title": "Harbour",
        "type": "TV", "title_synonyms": [], "genres": ["Drama"], "openings": ["\"Lanterns\" by Mio"],
        "endings": ["\"Ships\" by Mio"], "related": [], "adult": false, "members": 10, "source": "Original",
        "img_url": "http://a.example/1.jpg", "background": "It won a prize.", "synopsis": .string(long),
    ]

    private struct Bench {
        let temporary: TemporaryDatabase
        var database: AnimeDatabase { temporary.database }

        func read(
            _ fields: JSONObject, isAddition: Bool = false, isShorter: Bool = true
        ) async throws -> [DropReason] {
            var item = Item(type: .entry, key: "demo:1", fields: fields, extent: ItemExtent(isAddition: isAddition))
            item.isFromShorterPage = isShorter
            return try await database.ledger.store([item], cause: Samples.cause).drops.map(\.reason)
        }

        func stored() async throws -> JSONObject {
            let entries = temporary.client.database(temporary.name).collection("entries")
            return try #require(try await entries.findOne(["_id": "demo:1"])).jsonObject
        }

        /// As if what is kept apart had been read first long ago.
        func age() async throws {
            let kept = try await stored()["quarantine"]?.objectValue ?? [:]
            #expect(!kept.isEmpty)
            for field in kept.map(\.key) {
                try await temporary.client.database(temporary.name).collection("entries").updateOne(
                    ["_id": "demo:1"], ["$set": ["quarantine.\(field).first_seen": "2020-01-01T00:00:00Z"]])
            }
        }
    }

    private static func with(_ body: (Bench) async throws -> Void) async throws {
        try await TemporaryDatabase.with { temporary in
            let bench = Bench(temporary: temporary)
            #expect(try await bench.read(full).isEmpty)
            try await body(bench)
        }
    }

    private static let poor = changed([
        "genres": [], "openings": [], "endings": [], "source": .null, "background": .null, "members": 20,
    ])

    private static func changed(_ fields: JSONObject) -> JSONObject {
        fields.reduce(into: full) { $0[$1.key] = $1.value }
    }

    @Test("a synopsis that stays shorter is believed after a day and a half; one that is cut elsewhere waits anew")
    func shorterText() async throws {
        try await Self.with { bench in
            let short = Self.changed(["synopsis": "Mio lights lanterns."])
            #expect(try await bench.read(short).isEmpty)
            #expect(try await bench.read(Self.full).isEmpty)
            let cut = Self.changed(["synopsis": "Every evening Mio lights the lanterns of an old harbour"])
            #expect(try await bench.read(cut) == [.poorerThanStored])
            #expect(try await bench.read(cut) == [.poorerThanStored])
            #expect(try await bench.database.quarantine.list(site: "demo").map(\.kept.visits) == [2])
            try await bench.age()
            let other = Self.changed(["synopsis": "Every evening Mio lights"])
            #expect(try await bench.read(other) == [.poorerThanStored])
            #expect(try await bench.read(cut) == [.poorerThanStored])
            try await bench.age()
            #expect(try await bench.read(cut).isEmpty)
            #expect(try await bench.stored()["synopsis"] == cut["synopsis"])
            #expect(try await bench.stored()["quarantine"] == nil)
        }
    }

    @Test("a short form that ends with an ellipsis is never believed; the operator may")
    func shortForm() async throws {
        try await Self.with { bench in
            let short = Self.changed(["synopsis": "Every evening Mio lights the lanterns…"])
            for _ in 0..<3 {
                #expect(try await bench.read(short) == [.poorerThanStored])
                try await bench.age()
            }
            try await bench.database.quarantine.release(try await bench.database.quarantine.list(key: "demo:1"))
            #expect(try await bench.stored()["synopsis"] == short["synopsis"])
        }
    }

    @Test(
        "a page that has lost much for good is believed as a whole, but not while its site drifts, nor when read again")
    func lostFields() async throws {
        try await Self.with { bench in
            let poor = Self.poor
            #expect(try await bench.read(poor) == [.poorerThanStored])
            #expect(try await bench.stored()["members"] == 10)
            #expect(try await bench.database.quarantine.list(site: nil).count == 5)
            try await bench.age()
            var item = Item(type: .entry, key: "demo:1", fields: poor)
            item.isFromShorterPage = true
            let reread = try await bench.database.ledger.store([item], cause: ChangeCause(.reparse, id: "r"))
            #expect(reread.drops.map(\.reason) == [.poorerThanStored])
            let alarm = DriftAlarm(
                key: StatisticsKey(page: "anime", type: .entry), field: "genres", measure: .filled, holds: true,
                expected: 1, seen: 0.5, since: Date(), raisedAt: Date(), reference: FieldStatistics(), samples: [],
                before: nil)
            _ = try await bench.database.drift.raise([alarm], site: "demo", run: "r", spider: "1")
            #expect(try await bench.read(poor) == [.poorerThanStored])
            try await bench.database.drift.lift(
                try await bench.database.drift.alarms(site: "demo", isOpen: true), at: Date())
            #expect(try await bench.read(poor).isEmpty)
            #expect(try await bench.stored()["members"] == 20)
            #expect(try await bench.stored()["background"] == .null)
            #expect(try await bench.stored()["quarantine"] == nil)
        }
    }

    @Test("what a page of its own has lost is believed later; the item's main page says nothing of it meanwhile")
    func lostSupplement() async throws {
        try await Self.with { bench in
            let pictures: JSONObject = ["_id": "demo:1", "pictures": ["http://a.example/1a.jpg"], "more_info": "Much."]
            let blank: JSONObject = ["_id": "demo:1", "pictures": [], "more_info": "Much."]
            #expect(try await bench.read(pictures, isAddition: true).isEmpty)
            #expect(try await bench.read(blank, isAddition: true) == [.poorerThanStored])
            #expect(try await bench.read(pictures, isAddition: true).isEmpty)
            #expect(try await bench.stored()["quarantine"] == nil)
            #expect(try await bench.read(blank, isAddition: true) == [.poorerThanStored])
            #expect(try await bench.read(Self.changed(["members": 11])).isEmpty)
            try await bench.age()
            #expect(try await bench.read(blank, isAddition: true).isEmpty)
            #expect(try await bench.stored()["pictures"] == [])
            #expect(try await bench.stored()["quarantine"] == nil)
        }
    }

    @Test(
        "a page about as long as it was has lost nothing: its spider does not find things, and only the operator may say otherwise"
    )
    func wholePage() async throws {
        try await Self.with { bench in
            let pictures: JSONObject = ["_id": "demo:1", "pictures": ["http://a.example/1a.jpg"], "more_info": "Much."]
            let blank: JSONObject = ["_id": "demo:1", "pictures": [], "more_info": "Much."]
            #expect(try await bench.read(pictures, isAddition: true).isEmpty)
            for _ in 0..<3 {
                #expect(try await bench.read(Self.poor, isShorter: false) == [.poorerThanStored])
                #expect(try await bench.read(blank, isAddition: true, isShorter: false) == [.poorerThanStored])
                try await bench.age()
            }
            #expect(try await bench.stored()["members"] == 10)
            #expect(try await bench.stored()["pictures"] == pictures["pictures"])
            let kept = try await bench.database.quarantine.list(key: "demo:1")
            try await bench.database.quarantine.release(kept)
            #expect(try await bench.stored()["background"] == .null)
        }
    }

    @Test("a run believes no more losses than its limit; the next one goes on")
    func limit() async throws {
        try await TemporaryDatabase.with { temporary in
            let ledger = temporary.database.ledger
            func items(_ fields: JSONObject) -> [Item] {
                (1...53).map { number in
                    var fields = fields
                    fields["_id"] = .string("demo:\(number)")
                    fields["id"] = .int(Int64(number))
                    var item = Item(type: .entry, key: "demo:\(number)", fields: fields)
                    item.isFromShorterPage = true
                    return item
                }
            }
            _ = try await ledger.store(items(Self.full), cause: Samples.cause)
            let poor = items(Self.poor)
            #expect(try await ledger.store(poor, cause: Samples.cause).drops.count == 53)
            let entries = temporary.client.database(temporary.name).collection("entries")
            for field in ["genres", "openings", "endings", "source", "background"] {
                try await entries.updateMany(
                    [:], ["$set": ["quarantine.\(field).first_seen": "2020-01-01T00:00:00Z"]])
            }
            // Counted over all batches of the run.
            #expect(try await ledger.store(Array(poor.prefix(20)), cause: Samples.cause).updated == 20)
            let rest = Array(poor.dropFirst(20))
            let summary = try await ledger.store(rest, cause: Samples.cause)
            #expect(summary.updated == 30)
            #expect(summary.drops.map(\.reason) == [.poorerThanStored, .poorerThanStored, .poorerThanStored])
            #expect(try await ledger.store(rest, cause: ChangeCause(.crawl, id: "run-2")).updated == 3)
        }
    }

    @Test("stored pages read again leave what a page has lost as it is marked, and the mark of an absent item")
    func reread() async throws {
        try await Self.with { bench in
            #expect(try await bench.read(Self.poor) == [.poorerThanStored])
            try await bench.age()
            let entries = bench.temporary.client.database(bench.temporary.name).collection("entries")
            let absence: BSONDocument = ["first_seen": .date(Date(timeIntervalSince1970: 1_000_000)), "visits": 1]
            try await entries.updateOne(["_id": "demo:1"], ["$set": ["absence": .document(absence)]])
            let marks = try await bench.stored()["quarantine"]
            for fields in [Self.poor, Self.full, Self.changed(["members": 12])] {
                let item = Item(type: .entry, key: "demo:1", fields: fields)
                _ = try await bench.database.ledger.store([item], cause: ChangeCause(.reparse, id: "r"))
                #expect(try await bench.stored()["quarantine"] == marks)
                let document = try #require(try await entries.findOne(["_id": "demo:1"]))
                #expect(document["absence"]?["first_seen"]?.dateValue == Date(timeIntervalSince1970: 1_000_000))
            }
            #expect(try await bench.stored()["members"] == 12)
        }
    }

    @Test("a long list of which a page of its own lost most is kept apart until it is confirmed")
    func shorterList() async throws {
        try await Self.with { bench in
            func pictures(_ count: Int) -> JSONObject {
                [
                    "_id": "demo:1", "more_info": .string("\(count)"),
                    "pictures": .array((0..<count).map { .string("http://a.example/\($0).jpg") }),
                ]
            }
            #expect(try await bench.read(pictures(30), isAddition: true).isEmpty)
            #expect(try await bench.read(pictures(10), isAddition: true) == [.implausible])
            #expect(try await bench.stored()["pictures"]?.arrayValue?.count == 30)
            #expect(try await bench.stored()["more_info"] == "10")
            // The item's main page says nothing of it.
            #expect(try await bench.read(Self.changed(["members": 11])).isEmpty)
            try await bench.age()
            #expect(try await bench.read(pictures(11), isAddition: true).isEmpty)
            #expect(try await bench.stored()["pictures"]?.arrayValue?.count == 11)
            #expect(try await bench.stored()["quarantine"] == nil)
        }
    }
}
