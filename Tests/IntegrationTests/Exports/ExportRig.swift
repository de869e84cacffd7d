import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

/// A crawled demo site, and a folder for what is taken out.
struct ExportRig {
    let rig: CrawlRig
    let folder: URL

    static func with(anime: Int = 20, users: Int = 8, _ body: (ExportRig) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("export-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await CrawlRig.with(anime: anime, users: users) { rig in
            try await rig.crawl()
            try await body(ExportRig(rig: rig, folder: folder))
        }
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Exports and returns the summary; a failure is reported with what the program said.
    @discardableResult
    func export(_ what: String, _ name: String, _ options: String...) async throws -> [String: Any] {
        let result = try await rig.animematcher(["export", what, path(name), "--json"] + options)
        #expect(result.status == 0, "\(result.errors)")
        return result.object
    }

    /// Deletes a person with ratings as a page that is gone does, and returns the key.
    func forgetSomebody() async throws -> String {
        let temporary = rig.temporary
        let database = temporary.client.database(temporary.name)
        let user = try #require(try await database.collection("users").findOne(["list.score": ["$gt": 0]]))
        let key = try #require(user["_id"]?.stringValue)
        let number = try await database.collection("counters").findOneAndUpdate(
            ["_id": "changes"], ["$inc": ["value": .int64(1)]])?["value"]?.intValue
        try await database.collection("changes").insert([
            "_id": .int64(Int64(try #require(number))), "subject": "user", "key": .string(key), "operation": "delete",
            "fields": [], "cause": ["kind": "forget", "id": "test"], "at": .date(Date()),
        ])
        try await database.collection("users").deleteOne(["_id": .string(key)])
        return key
    }

    /// Runs a script in the folder, with the rig's database in its environment.
    func python(_ script: String) async throws -> String? {
        try await ForeignPython.run(
            "import os\nos.chdir(\(path("").debugDescription))\n" + script, environment: rig.environment)
    }
}
