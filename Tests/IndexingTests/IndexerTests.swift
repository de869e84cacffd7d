import CrawlDomain
import Foundation
import MongoDriver
import Recommender
import Storage
import Synchronization
import TestSupport
import Testing
import WebStandards

@testable import Indexing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct IndexerTests {
    @Test("after random changes of all kinds the published bytes are those of a rebuild", arguments: [0, 1 << 20])
    func equalToRebuild(heldListBytes: Int) async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var shelf = try await Shelf(database, seed: UInt64(heldListBytes) + 4, entries: 40, users: 30)
            let indexer = Indexer(database: database, heldListBytes: heldListBytes)
            _ = try await indexer.build()
            for round in 0..<12 {
                try await shelf.change(15)
                // Another process would have to load what is stored.
                let follower = round % 4 == 3 ? Indexer(database: database, heldListBytes: heldListBytes) : indexer
                #expect(try await follower.update().changes > 0)
                guard round % 4 == 3 else { continue }
                let verification = try await indexer.verify()
                #expect(verification.different == [])
                #expect(verification.parts.count { $0.isEqual == true } >= 7)
            }
            let version = try #require(try await database.index.newest())
            #expect(version.users == shelf.lists.values.count { $0.values.contains { $0 > 0 } })
            let rebuilt = try await Indexer(database: database).build()
            for part in ["anime", "entries", "lists", "leaves", "gram", "texts", "weights"] {
                #expect(rebuilt.parts[part] == version.parts[part], "\(part)")
            }
        }
    }

    @Test("what is written while the index is verified makes no difference")
    func verifiedWhileWritten() async throws {
        try await TemporaryDatabase.with { temporary in
            var shelf = try await Shelf(temporary.database, seed: 9, entries: 40, users: 30)
            let indexer = Indexer(database: temporary.database)
            _ = try await indexer.build()
            let verifying = Task { try await indexer.verify() }
            let users = shelf.lists.keys.sorted()
            for round in 0..<20 {
                try await shelf.rate(users[round % users.count], entry: round, score: 1 + round % 10)
            }
            #expect(try await verifying.value.different == [])
            #expect(try await indexer.verify().different == [])
        }
    }

    @Test("a part that was damaged, and a matrix that is wrong, are told")
    func damaged() async throws {
        try await TemporaryDatabase.with { temporary in
            let shelf = try await Shelf(temporary.database, seed: 10, entries: 20, users: 20)
            let indexer = Indexer(database: temporary.database)
            let version = try await indexer.build()
            // As if a change had been missed: the list is another one, and no change tells so.
            let users = temporary.client.database(temporary.name).collection("users")
            let user = try #require(shelf.lists.keys.sorted().first)
            _ = try await users.updateOne(["_id": .string(user)], ["$set": ["list.0.score": 1, "list.1.score": 10]])
            let different = try await indexer.verify().different
            #expect(different.contains("gram"))
            #expect(different.contains("lists"))
            #expect(!different.contains("anime"))
            let chunk = try #require(version.parts["gram"]?.first)
            let chunks = temporary.client.database(temporary.name).collection("index_chunks")
            _ = try await chunks.deleteOne(["_id": .string(chunk)])
            await #expect(throws: (any Error).self) { try await Indexer(database: temporary.database).verify() }
        }
    }

    @Test(
        "where the change log does not tell what changed since, every document is compared",
        arguments: ["emptied", "exchanged", "cut"])
    func historyLost(how: String) async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var shelf = try await Shelf(database, seed: 12, entries: 30, users: 30)
            let indexer = Indexer(database: database)
            let built = try await indexer.build()
            try await shelf.change(20)
            let raw = temporary.client.database(temporary.name)
            switch how {
            case "emptied":
                // The log and its counter are gone: numbers begin at 1 again.
                _ = try await raw.collection("changes").deleteMany([:])
                _ = try await raw.collection("counters").deleteOne(["_id": "changes"])
            case "exchanged":
                // Another log, already longer than the one before.
                _ = try await raw.collection("changes").deleteMany([:])
                _ = try await raw.collection("counters").updateOne(
                    ["_id": "changes"], ["$set": ["identity": "another"], "$inc": ["value": 500]])
            default:
                _ = try await raw.collection("changes").deleteMany(["_id": ["$gt": .int64(Int64(built.change))]])
            }
            let updated = try await indexer.update().version
            #expect(updated.number > built.number)
            #expect(updated.users == shelf.lists.values.count { $0.values.contains { $0 > 0 } })
            #expect(try await indexer.verify().different == [])
            try await shelf.change(10)
            _ = try await indexer.update()
            #expect(try await indexer.verify().different == [])
        }
    }

    @Test("a compacted log misses nothing: it is followed, not compared")
    func compacted() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var shelf = try await Shelf(database, seed: 13, entries: 20, users: 20)
            let indexer = Indexer(database: database)
            let built = try await indexer.build()
            for _ in 0..<4 { try await shelf.change(20) }
            let retention = ChangeRetention(keep: .zero, waitForConsumers: .zero)
            let summary = try await database.changes.compactor(retention).run(now: Date().addingTimeInterval(60))
            #expect(summary.removed > 0)
            #expect(summary.overtaken.contains("index"))
            #expect(try await database.changes.continues(after: built.change, of: built.log))
            _ = try await indexer.update()
            #expect(try await indexer.verify().different == [])
        }
    }

    @Test("who is forgotten is in no version and no chunk, and the index is what it would be without them")
    func forgotten() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var shelf = try await Shelf(database, seed: 14, entries: 20, users: 20)
            let indexer = Indexer(database: database)
            let without = try await indexer.build()
            try await shelf.rate("demo:Mayfly", entry: 3, score: 9)
            try await shelf.rate("demo:Mayfly", entry: 4, score: 8)
            #expect(try await indexer.update().version.users == without.users + 1)
            let chunks = temporary.client.database(temporary.name).collection("index_chunks")
            #expect(try await mentions("Mayfly", database) == true)
            let forgetting = Forgetting(
                database: database, site: "demo", name: "mayfly", storedAs: [], body: { _ in nil })
            _ = try await forgetting.run(isDryRun: false, personalPages: [])
            let after = try await Indexer(database: database).update().version
            try await database.index.dropOlderVersions()
            #expect(after.parts["gram"] == without.parts["gram"])
            #expect(after.parts["lists"] == without.parts["lists"])
            #expect(after.parts["weights"] == without.parts["weights"])
            #expect(try await mentions("Mayfly", database) == false)
            #expect(try await chunks.count() == Set(after.parts.values.flatMap(\.self)).count)
            #expect(try await indexer.verify().different == [])
        }
    }

    /// Whether a stored leaf of any version or none has a text.
    private func mentions(_ text: String, _ database: AnimeDatabase) async throws -> Bool {
        let version = try #require(try await database.index.newest())
        for part in version.parts.keys {
            for chunk in try await database.index.read(part, of: version) {
                if String(decoding: chunk, as: UTF8.self).contains(text) { return true }
            }
        }
        return false
    }

    @Test("a changed list is answered from at once, and is in the weights with the next version")
    func fresh() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var shelf = try await Shelf(database, seed: 17, entries: 30, users: 40)
            let indexer = Indexer(database: database)
            _ = try await indexer.build()
            let index = try await AnimeIndex.load(from: database)
            let user = try #require(shelf.lists.first { $0.value.count > 4 }?.key)
            let before = index.recommend(to: try #require(try await database.users.user(user))).map(\.anime.id)
            let wanted = try #require(before.first)
            let entry = try #require(index.card(wanted)?.entries.first.flatMap { Int($0.dropFirst(5)) })

            let (versions, continuation) = AsyncStream<IndexVersion>.makeStream()
            let following = Task {
                try await indexer.follow(pace: IndexingPace(quiet: .zero)) { version, _, _ in
                    continuation.yield(version)
                }
            }
            try await shelf.rate(user, entry: entry, score: 10)
            // Without waiting for anything: the list is read when it is asked for.
            let after = index.recommend(to: try #require(try await database.users.user(user))).map(\.anime.id)
            #expect(!after.contains(wanted))
            let change = try await database.changes.newest()
            for await version in versions where version.change >= change { break }
            following.cancel()
            _ = await following.result
            let newer = try await AnimeIndex.load(from: database)
            #expect(newer.version.number > index.version.number)
            #expect(newer.weights != index.weights)
            #expect(try await indexer.verify().different == [])
        }
    }

    @Test(
        "a version that is loaded after another answers as one that is loaded anew; packed lists and written answers are the same"
    )
    func loadedAfter() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var shelf = try await Shelf(database, seed: 23, entries: 40, users: 30)
            let indexer = Indexer(database: database)
            _ = try await indexer.build()
            var index = try await AnimeIndex.load(from: database)
            var packed: [String: (user: JSONObject, list: PackedList)] = [:]
            for round in 0..<4 {
                if round > 0 {
                    try await shelf.change(round == 1 ? 1 : 12)
                    _ = try await indexer.update()
                    index = try await AnimeIndex.load(from: database, after: index)
                }
                let fresh = try await AnimeIndex.load(from: database)
                #expect(index.version.number == fresh.version.number)
                var options = RecommendationOptions()
                (options.count, options.storyShare) = (20, 0.3)
                for user in try await database.users.users(after: nil, fields: UserList.fields, limit: 100) {
                    let expected = fresh.recommend(to: user, options)
                    #expect(index.recommend(to: user, options) == expected)
                    let list = try #require(index.packed(user))
                    #expect(index.recommend(to: list, options) == expected)
                    // Packed by an older version, or by one of another lineage.
                    if let older = packed[list.key], older.user == user {
                        #expect(index.recommend(to: older.list, options) == expected)
                        #expect(fresh.recommend(to: older.list, options) == expected)
                    }
                    packed[list.key] = (user, list)
                    #expect(expected.serializedBytes == JSONValue.array(expected.map(\.value)).serializedBytes())
                }
            }
            let card = try #require(AnimeCard(["_id": "\"Rain\"", "genres": .array(["Drama", "Music"])]))
            let popular = [AnimeRecommendation(anime: card, score: 3, reasons: [.popular])]
            #expect(popular.serializedBytes == JSONValue.array(popular.map(\.value)).serializedBytes())
            #expect([AnimeRecommendation]().serializedBytes == Array("[]".utf8))
        }
    }

    @Test("a list with entries that the index does not have is packed under no numbers of others, and answered")
    func strangeList() async throws {
        try await TemporaryDatabase.with { temporary in
            var shelf = try await Shelf(temporary.database, seed: 24, entries: 20, users: 20)
            let indexer = Indexer(database: temporary.database)
            _ = try await indexer.build()
            let index = try await AnimeIndex.load(from: temporary.database)
            let known = index.entryNumbers.count
            let rows: [JSONValue] = ["demo:1", "demo:none", "demo:2", "demo:20", "demo:nothing"].map {
                ["entry_id": $0, "score": 9, "status": "completed"]
            }
            let user: JSONObject = ["_id": "demo:strange", "list": .array(rows)]
            let list = try #require(index.packed(user))
            #expect(index.entryNumbers.count == known)
            #expect(list.others == ["demo:none", "demo:20", "demo:nothing"])
            #expect(list.byteCount > index.packed(["_id": "demo:strange", "list": .array([])])?.byteCount ?? .max)
            #expect(index.recommend(to: list) == index.recommend(to: user, .init()))
            // One of them comes later.
            try await shelf.fill(entries: 21, users: 0)
            _ = try await indexer.update()
            let newer = try await AnimeIndex.load(from: temporary.database, after: index)
            #expect(newer.entryNumbers.count == known + 1)
            #expect(newer.recommend(to: list) == newer.recommend(to: user, .init()))
        }
    }

    @Test("who loads while versions are published and dropped gets a whole one")
    func loadedWhileDropped() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            var shelf = try await Shelf(database, seed: 18, entries: 20, users: 20)
            let indexer = Indexer(database: database)
            _ = try await indexer.build()
            let isDone = Flag()
            async let loaded = {
                var numbers: [Int] = []
                repeat {
                    let index = try await AnimeIndex.load(from: database)
                    #expect(index.weights.itemCount == index.anime.count)
                    #expect(index.version.items == index.animeCount)
                    numbers.append(index.version.number)
                } while !isDone.isRaised
                return numbers
            }()
            for _ in 0..<6 {
                try await shelf.change(6)
                _ = try await indexer.update()
                try await database.index.dropOlderVersions()
            }
            isDone.raise()
            let numbers = try await loaded
            #expect(numbers == numbers.sorted())
            #expect(!numbers.isEmpty)
        }
    }

    @Test("a version that another program wrote in another way is replaced by a rebuild")
    func otherFormat() async throws {
        try await TemporaryDatabase.with { temporary in
            _ = try await Shelf(temporary.database, seed: 16, entries: 10, users: 10)
            let built = try await Indexer(database: temporary.database).build()
            let versions = temporary.client.database(temporary.name).collection("index_versions")
            _ = try await versions.updateOne(["_id": .int64(Int64(built.number))], ["$unset": ["format": true]])
            let updated = try await Indexer(database: temporary.database).update().version
            #expect(updated.built == "rebuild")
            #expect(updated.number == built.number + 1)
        }
    }

    @Test("of two indexers that fold in the same changes one publishes, and the other goes on from there")
    func two() async throws {
        try await TemporaryDatabase.with { temporary in
            var shelf = try await Shelf(temporary.database, seed: 15, entries: 20, users: 20)
            let indexers = [Indexer(database: temporary.database), Indexer(database: temporary.database)]
            _ = try await indexers[0].build()
            for _ in 0..<4 {
                try await shelf.change(8)
                async let first = indexers[0].update()
                async let second = indexers[1].update()
                let versions = try await [first.version, second.version]
                #expect(versions[0].change == versions[1].change)
            }
            #expect(try await indexers[1].verify().different == [])
        }
    }
}

/// Told once, seen by another task.
private final class Flag: Sendable {
    private let value = Atomic(false)
    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
}
