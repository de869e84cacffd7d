import CrawlDomain
import CrawlEngine
import Indexing
import MongoDriver
import TestSupport
import Testing
import WebStandards

@testable import Service
@testable import Storage

@Suite("KnownLists", .enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct KnownListsTests {
    private func user(_ name: String) -> Item {
        Item(
            type: .user, key: "demo:\(name)",
            fields: ["_id": .string("demo:\(name)"), "site": "demo", "name": .string(name), "list": []])
    }

    @Test("whoever is stored under a hash is found by name, in any case, with the secret alone")
    func hashed() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            let naming = try UserNaming(.hmac, key: Array("a secret of sixteen".utf8))
            let stored = user(naming.stored("kaito"))
            _ = try await database.ledger.store([stored], cause: ChangeCause(.crawl, id: "test"))
            _ = try await Indexer(database: database).build()
            let index = try await AnimeIndex.load(from: database)
            let (knowing, blind) = (
                KnownLists(database: database, naming: naming), KnownLists(database: database)
            )
            for text in ["kaito", "KAITO", "demo:Kaito", stored.key] {
                #expect(try await knowing.list(of: text, for: index)?.list.key == stored.key, "\(text)")
                #expect(try await knowing.user(text)?["_id"]?.stringValue == stored.key)
            }
            #expect(try await knowing.list(of: "other:kaito", for: index) == nil)
            #expect(try await blind.list(of: "kaito", for: index) == nil)
            #expect(try await blind.user("kaito") == nil)
        }
    }

    @Test("two that hold lists hear of each write, whoever wrote it: a change, a new name, a deletion, all gone")
    func heard() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.database
            _ = try await database.ledger.store([user("kaito"), user("mio")], cause: ChangeCause(.crawl, id: "test"))
            _ = try await Indexer(database: database).build()
            let index = try await AnimeIndex.load(from: database)
            let both = [KnownLists(database: database), KnownLists(database: database)]
            let listening = both.map { lists in Task { try await lists.listen(every: .milliseconds(100)) { index } } }
            defer { listening.forEach { $0.cancel() } }
            for lists in both {
                try await eventually("both lists are held") {
                    for name in ["kaito", "mio"] { _ = try await lists.list(of: name, for: index) }
                    return lists.size.lists == 2
                }
            }
            let users = database.collection(.users)
            try await users.updateOne(["_id": "demo:kaito"], ["$set": ["content_hash": "anew"]])
            for lists in both {
                try await eventually("the changed list is held before anybody asks for it") {
                    lists.held("kaito")?.revision == "anew"
                }
                #expect(try await lists.list(of: "demo:kaito", for: index)?.revision == "anew")
            }
            try await users.updateOne(["_id": "demo:kaito"], ["$set": ["name": "kai"]])
            for lists in both {
                try await eventually("the new name is heard") { try await lists.list(of: "kaito", for: index) == nil }
                #expect(try await lists.list(of: "kai", for: index)?.revision == "anew")
            }
            try await users.deleteOne(["_id": "demo:mio"])
            for lists in both {
                try await eventually("the deletion is heard") { try await lists.list(of: "mio", for: index) == nil }
                #expect(try await lists.list(of: "demo:mio", for: index) == nil)
                try await eventually("what is left is held") {
                    _ = try await lists.list(of: "kai", for: index)
                    return lists.size.lists == 1
                }
            }
            try await users.drop()
            for (lists, task) in zip(both, listening) {
                await #expect(throws: MongoError.self) { try await task.value }
                #expect(lists.size == (0, 0))
            }
        }
    }
}
