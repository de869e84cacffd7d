import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct OneDocumentPerHostTests {
    @Test("a frontier of one document per site and host goes on under one per host, with its closures and newer tokens")
    func upgrade() async throws {
        try await TemporaryDatabase.with { temporary in
            let database = temporary.client.database(temporary.name)
            let (frontier, id) = (temporary.database.frontier, BSONValue.string("demo|127.0.0.1:8001"))
            _ = try await frontier.add([Samples.url("/anime/1")])
            for name in ["hosts", "queues", "migrations"] { try await database.collection(name).deleteMany([:]) }
            let later = Date().addingTimeInterval(600)
            try await database.collection("hosts").insert([
                "_id": id, "site": "demo", "host": "127.0.0.1:8001", "token": .int64(7), "failures": 2,
                "not_before": .date(later), "closed_reason": "429",
            ])
            try await temporary.database.prepare(SchemaSet(folder: TemporaryDatabase.schemas))
            #expect(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60) == nil)
            let due = try #require(try await frontier.nextDue(site: "demo"))
            #expect(abs(due.timeIntervalSince(later)) < 60)
            try await database.collection("hosts").updateOne([:], ["$set": ["not_before": .null]])
            try await frontier.makeDue([Samples.url("/anime/1")])
            let lease = try #require(try await frontier.leaseHost(site: "demo", owner: "a", seconds: 60))
            #expect(lease.token == 8)
            #expect(try await frontier.memory(of: lease).failures == 2)
            #expect(try await database.collection("hosts").count() == 1)
            // A second time there is nothing to do.
            try await temporary.database.prepare(SchemaSet(folder: TemporaryDatabase.schemas))
            #expect(try await frontier.renew(lease, seconds: 60))
        }
    }
}
