import CrawlDomain
import MongoDriver
import TestSupport
import Testing
import WebStandards

@testable import Storage

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct UserStoreTests {
    @Test("somebody is found by key, or by a name that is one person's alone", arguments: [true, false])
    func find(wholly: Bool) async throws {
        try await TemporaryDatabase.with { temporary in
            let users = temporary.database.users
            func key(of text: String) async throws -> String? {
                let user = wholly ? try await users.find(text) : try await users.find(text, fields: ["name"])
                return user?["_id"]?.stringValue
            }
            let items = ["Ada", "Bo", "a:b", "demo:Ada"].map { Samples.user($0, scores: [1: 8]) }
            _ = try await temporary.database.ledger.store(items, cause: Samples.cause)
            // A second Bo, of another site.
            var other = try #require(
                try await temporary.database.collection(.users).findOne(["_id": "demo:Bo"]))
            other["_id"] = "other:Bo"
            _ = try await temporary.database.collection(.users).insert(other)
            #expect(try await key(of: "demo:Ada") == "demo:Ada")
            #expect(try await key(of: "Ada") == "demo:Ada")
            #expect(try await key(of: "a:b") == "demo:a:b")
            #expect(try await users.keys(ofAnyCase: "ada") == ["demo:Ada"])
            #expect(try await users.keys(ofAnyCase: "BO").sorted() == ["demo:Bo", "other:Bo"])
            #expect(try await users.keys(ofAnyCase: "ádá").isEmpty)
            #expect(try await key(of: "Bo") == nil)
            #expect(try await key(of: "other:Bo") == "other:Bo")
            #expect(try await key(of: "demo") == nil)
            #expect(try await key(of: "") == nil)
        }
    }
}
