import CrawlDomain
import CrawlEngine
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// What comes from a page is a value and never a command, and one document that cannot be stored keeps no other from it.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct SafeValueTests {
    private func user(_ name: String, _ change: (inout JSONObject) -> Void) -> Item {
        var item = Samples.user(name, scores: [1: 8])
        change(&item.fields)
        return item
    }

    private func nested(_ depth: Int) -> JSONValue {
        (0..<depth).reduce(JSONValue.int(1)) { inner, _ in .object(["a": inner]) }
    }

    @Test("of a batch with documents too large, too deep and against the rules each is named, and the rest is stored")
    func batch() async throws {
        try await TemporaryDatabase.with { temporary in
            let items = [
                Samples.user("first", scores: [1: 8]),
                user("huge") { $0["name"] = .string(String(repeating: "x", count: 17 << 20)) },
                user("deep") { $0["statistics"] = nested(220) },
                user("operator") { $0["statistics"] = .object(["$where": "sleep(1000)"]) },
                user("dotted") { $0["list.0.score"] = .int(1) },
                user("nul") { $0["list\u{0}"] = .int(1) },
                user("wrong") { $0["list"] = "none" },
                Samples.user("last", scores: [2: 3]),
            ]
            let summary = try await temporary.database.ledger.store(items, cause: Samples.cause)
            #expect(summary.inserted == 2)
            let reasons = Dictionary(summary.drops.map { ($0.key ?? "", $0.reason) }) { first, _ in first }
            #expect(
                reasons == [
                    "demo:huge": .tooLarge, "demo:deep": .tooLarge,
                    "demo:operator": .schemaViolation, "demo:dotted": .schemaViolation, "demo:nul": .schemaViolation,
                    "demo:wrong": .schemaViolation,
                ])
            #expect(summary.drops.allSatisfy { !$0.detail.isEmpty && $0.detail.utf8.count < 2_000 })
            #expect(try await temporary.database.users.count() == 2)
            #expect(try await temporary.database.changes.newest() == 2)
        }
    }

    @Test("the item pipeline refuses keys that the schema does not name, and names what is too large or too deep")
    func pipeline() throws {
        let pipeline = ItemPipeline(schemas: try ItemSchemas(directory: TemporaryDatabase.schemas.path))
        var raw = Samples.user("ada", scores: [1: 8]).fields
        for key in ["$set", "a.b", "__proto__", "$where", "nul\u{0}"] { raw[key] = "x" }
        guard case .drop(let drop) = pipeline.process(raw, type: .user) else {
            Issue.record("an item with keys that nobody knows passed")
            return
        }
        #expect(drop.reason == .schemaViolation)
        func reason(_ change: (inout JSONObject) -> Void) -> DropReason? {
            guard case .drop(let drop) = pipeline.process(user("ada", change).fields, type: .user) else { return nil }
            return drop.reason
        }
        #expect(reason { $0["statistics"] = nested(200) } == .tooLarge)
        #expect(reason { $0["list"] = .array([.string(String(repeating: "x", count: 9 << 20))]) } == .tooLarge)
    }

    @Test(
        "a name that reads like an operator finds who is called so, and nobody else",
        arguments: ["$ne", #"{"$gt":""}"#, ".*"])
    func names(name: String) async throws {
        try await TemporaryDatabase.with { temporary in
            let users = temporary.database.users
            _ = try await temporary.database.ledger.store([Samples.user("ada", scores: [1: 8])], cause: Samples.cause)
            #expect(try await users.find(name) == nil)
            #expect(try await temporary.database.catalogue.anime(titled: name, limit: 5).isEmpty)
            _ = try await temporary.database.ledger.store([Samples.user(name, scores: [1: 8])], cause: Samples.cause)
            #expect(try await users.find(name)?["name"]?.stringValue == name)
        }
    }
}
