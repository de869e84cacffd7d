import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ChangeCompactorTests {
    private static let day = 86_400.0
    /// Everything written now is old by then.
    private static let later = Date().addingTimeInterval(40 * day)

    private func store(_ scores: [(String, Int)], in database: AnimeDatabase) async throws {
        for (name, score) in scores {
            _ = try await database.ledger.store([Samples.user(name, scores: [1: score])], cause: Samples.cause)
        }
    }

    private func delete(_ name: String, in temporary: TemporaryDatabase, as number: Int) async throws {
        let base = temporary.client.database(temporary.name)
        try await base.collection("users").deleteOne(["_id": .string("demo:\(name)")])
        try await base.collection("counters").updateOne(["_id": "changes"], ["$inc": ["value": .int64(1)]])
        try await base.collection("changes").insert([
            "_id": .int64(Int64(number)), "subject": "user", "key": .string("demo:\(name)"), "operation": "delete",
            "fields": [], "cause": ["kind": "crawl", "id": "x"], "at": .date(Date()),
        ])
    }

    @Test("of every key the newest change stays, of a deleted one its deletion; all above what was removed are there")
    func newestStays() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            try await store([("ada", 1), ("bo", 1), ("ada", 2), ("cy", 1), ("ada", 3), ("cy", 2)], in: database)
            try await delete("cy", in: temporary, as: 7)
            let compactor = database.changes.compactor(ChangeRetention())
            #expect(try await compactor.run(now: Date()).removed == 0)
            #expect(try await compactor.run(now: Self.later, isDryRun: true).removed == 4)
            #expect(try await database.changes.stored() == 7)
            let done = try await compactor.run(now: Self.later)
            #expect(done.removed == 4 && done.examined == 7 && done.waitsFor == nil)
            let left = try await database.changes.changes(after: 0, limit: 100)
            #expect(left.map(\.number) == [2, 5, 7])
            #expect(left.map(\.key) == ["demo:bo", "demo:ada", "demo:cy"] && left.last?.operation == .delete)
            #expect(try await database.changes.history().compactedTo == 6)
            #expect(try await database.changes.missing() == 0)
            // What comes later is numbered on, and makes older ones needless in their turn.
            try await store([("bo", 2)], in: database)
            #expect(try await compactor.run(now: Self.later, isDryRun: true).removed == 1)
            #expect(try await compactor.run(now: Self.later).removed == 1)
            #expect(try await database.changes.changes(after: 0, limit: 100).map(\.number) == [5, 7, 8])
            #expect(try await database.changes.missing() == 0)
        }
    }

    @Test("who asks for what was removed learns it; who asks for later does not")
    func completeness() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            try await store([("ada", 1), ("ada", 2), ("bo", 1), ("ada", 3)], in: database)
            _ = try await database.changes.compactor(ChangeRetention()).run(now: Self.later)
            #expect(try await database.changes.page(after: 0, limit: 10).isComplete == false)
            #expect(try await database.changes.page(after: 1, limit: 10).isComplete == false)
            let page = try await database.changes.page(after: 2, limit: 10)
            #expect(page.isComplete && page.changes.map(\.number) == [3, 4])
        }
    }

    @Test(
        "a consumer is waited for, one that left out a held site's changes up to those, and one that stays away is named"
    )
    func consumers() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            try await store([("ada", 1), ("ada", 2), ("ada", 3), ("ada", 4)], in: database)
            let turn = try await database.position(of: "catalogue").takeTurn()
            try await turn.write(.init(change: 4, held: ["demo": 2]))
            try await turn.end()
            let compactor = database.changes.compactor(ChangeRetention())
            let waiting = try await compactor.run(now: Self.later)
            #expect(waiting.removed == 1 && waiting.waitsFor == "catalogue" && waiting.overtaken == [])
            #expect(try await database.changes.changes(after: 2, limit: 9).map(\.number) == [3, 4])
            // A hundred days later nobody waits for it any more.
            let gone = try await compactor.run(now: Self.later.addingTimeInterval(60 * Self.day))
            #expect(gone.removed == 2 && gone.waitsFor == nil && gone.overtaken == ["catalogue"])
            #expect(try await database.consumers.all().map(\.needed) == [2])
            #expect(try await database.consumers.forget("catalogue"))
            #expect(try await database.consumers.all().isEmpty)
        }
    }

    @Test("what is kept for ever is never removed")
    func keptForEver() async throws {
        try await TemporaryDatabase.with { temporary in
            try await store([("ada", 1), ("ada", 2)], in: temporary.database)
            let compactor = temporary.database.changes.compactor(ChangeRetention(keep: nil))
            #expect(try await compactor.run(now: .distantFuture).removed == 0)
        }
    }

    @Test("steps are bounded, two may be at it at once, and what a death left is done by the next")
    func stepwise() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let rows = (1...2_500).map { number -> BSONDocument in
                [
                    "_id": .int64(Int64(number)), "subject": "user", "key": .string("demo:\(number % 40)"),
                    "operation": "update", "fields": [], "cause": ["kind": "crawl", "id": "x"], "at": .date(Date()),
                ]
            }
            let base = temporary.client.database(temporary.name)
            try await base.collection("changes").insertMany(rows)
            try await base.collection("counters").insert(["_id": "changes", "value": .int64(2_500)])
            let compactor = database.changes.compactor(ChangeRetention())
            #expect(try await compactor.run(now: Self.later, isDryRun: true).removed == 2_460)
            let first = try await compactor.run(now: Self.later, batches: 1)
            #expect(first.removed == 960 && first.isCutShort)
            #expect(try await database.changes.missing() == 0)
            // As after a death between the removal of a step and the note that it is done.
            try await base.collection("counters").updateOne(
                ["_id": "changes_compacted"], ["$set": ["swept": .int64(0)]])
            async let one = compactor.run(now: Self.later)
            async let other = compactor.run(now: Self.later)
            _ = try await (one, other)
            #expect(try await database.changes.stored() == 40)
            #expect(try await database.changes.changes(after: 0, limit: 100).map(\.number) == Array(2_461...2_500))
            #expect(try await database.changes.missing() == 0)
        }
    }

    @Test("numbers stay without holes where transactions are aborted and two programs write")
    func abortedTransactions() async throws {
        try await TemporaryDatabase.with { temporary in
            let second = try MongoClient(uri: temporary.uri)
            let databases = [temporary.database, AnimeDatabase(client: second, name: temporary.name)]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (writer, database) in databases.enumerated() {
                    for task in 0..<3 {
                        group.addTask {
                            for round in 0..<5 {
                                // The server refuses one of three, which aborts the transaction that has taken its numbers.
                                var bad = Samples.user("bad\(writer)-\(task)-\(round)", scores: [1: 8])
                                bad.fields["list"] = "not a list"
                                let items = (0..<2).map {
                                    Samples.user("user\(writer)-\(task)-\($0)", scores: [1: round + 1])
                                }
                                let summary = try await database.ledger.store(items + [bad], cause: Samples.cause)
                                #expect(summary.drops.count == 1)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let changes = try await temporary.database.changes.changes(after: 0, limit: 1_000)
            #expect(changes.map(\.number) == Array(1...60))
            #expect(try await temporary.database.changes.missing() == 0)
            await second.close()
        }
    }

    @Test("a hole that nobody recorded is found")
    func damage() async throws {
        try await TemporaryDatabase.with { temporary in
            try await store([("ada", 1), ("bo", 1), ("cy", 1)], in: temporary.database)
            try await temporary.client.database(temporary.name).collection("changes").deleteOne(["_id": .int64(2)])
            #expect(try await temporary.database.changes.missing() == 1)
        }
    }
}
