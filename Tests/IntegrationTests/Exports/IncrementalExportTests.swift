import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// What changed since an export, laid over it by `import`.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct IncrementalExportTests {
    private static let kinds = ["entries", "reviews", "users"]
    private static let cause = ChangeCause(.crawl, id: "test")

    /// Deletes one document of each kind and changes another one.
    private func change(_ rig: ExportRig) async throws {
        let temporary = rig.rig.temporary
        let stored = temporary.client.database(temporary.name)
        for (type, field) in [(ItemType.entry, "title"), (.review, "text"), (.user, "name")] {
            let keys = try await stored.collection(type.collection).find([:]).all()
                .compactMap { $0["_id"]?.stringValue }.sorted()
            try #require(keys.count >= 2)
            _ = try await temporary.database.ledger.store(
                [], deleting: [ItemIdentity(type: type, key: keys[0])], cause: Self.cause)
            if type == .entry { try await retitle(keys[1], field, rig) }
        }
    }

    private func retitle(_ key: String, _ field: String, _ rig: ExportRig) async throws {
        var entry = try #require(try await rig.rig.temporary.database.catalogue.entries([key]).first)
        entry[field] = "Renamed"
        for name in ["run", "spider", "content_hash", "change", "fetched_at"] { entry[name] = nil }
        _ = try await rig.rig.temporary.database.ledger.store(
            [Item(type: .entry, key: key, fields: entry)], cause: ChangeCause(.import, id: "test"))
    }

    /// Key → hash of the content, of each kind.
    private func content(_ temporary: TemporaryDatabase) async throws -> [String: [String: String]] {
        var content: [String: [String: String]] = [:]
        for kind in Self.kinds {
            let found = try await temporary.client.database(temporary.name).collection(kind).find([:]).all()
            content[kind] = Dictionary(
                uniqueKeysWithValues: found.map {
                    ($0["_id"]?.stringValue ?? "", $0["content_hash"]?.stringValue ?? "")
                })
        }
        return content
    }

    @Test(
        "an export and what changed since, imported into an empty database, give what is stored; once more changes nothing"
    )
    func roundTrip() async throws {
        try await ExportRig.with { export in
            for kind in Self.kinds { try await export.export(kind, "\(kind).jsonl") }
            try await change(export)
            for kind in Self.kinds {
                let since = try await export.export(
                    kind, "\(kind)-since.jsonl", "--since", export.path("\(kind).jsonl"))
                #expect(since["deleted"] as? Int == 1, "\(kind)")
            }
            let expected = try await content(export.rig.temporary)
            try await ImportRig.with { rig in
                for kind in Self.kinds {
                    let full = try await rig.run(kind, export.path("\(kind).jsonl"))
                    #expect(full.status == 0, "\(full.errors)")
                    let since = try await rig.run(kind, export.path("\(kind)-since.jsonl"), "--json")
                    #expect(since.status == 0, "\(since.errors)")
                    #expect(since.object["deleted"] as? Int == 1)
                }
                #expect(try await content(rig.temporary) == expected)
                let changes = rig.temporary.client.database(rig.temporary.name).collection("changes")
                #expect(try await changes.count(["operation": "delete", "cause.kind": "import"]) >= 3)
                let dump = try await CanonicalDump(of: rig.temporary)
                #expect(dump.defects == [])
                let again = try await rig.run("users", export.path("users-since.jsonl"), "--json")
                #expect(again.status == 0 && again.object["updated"] as? Int == 0, "\(again.errors)")
                #expect(again.object["unchanged"] as? Int == 1)
            }
            // Both behind each other on standard input: a document may be stored and deleted in one batch.
            try await ImportRig.with { rig in
                for kind in Self.kinds {
                    let both = try ["\(kind).jsonl", "\(kind)-since.jsonl"]
                        .reduce(into: Data()) { $0 += try Data(contentsOf: URL(fileURLWithPath: export.path($1))) }
                    #expect(try await rig.run(kind, "-", input: both).status == 0)
                }
                #expect(try await content(rig.temporary) == expected)
            }
        }
    }

    @Test("what is gone of one collection is deleted in no other one; an export of no changes is no failure")
    func subjects() async throws {
        try await ExportRig.with { export in
            try await export.export("reviews", "reviews.jsonl")
            try await change(export)
            try await export.export("reviews", "since.jsonl", "--since", export.path("reviews.jsonl"))
            try await export.export("reviews", "nothing.jsonl", "--since", export.path("since.jsonl"))
            try await ImportRig.with { rig in
                let wrong = try await rig.run("entries", export.path("since.jsonl"))
                #expect(wrong.status == 1 && wrong.errors.contains("is an export of reviews"), "\(wrong.errors)")
                let nothing = try await rig.run("reviews", export.path("nothing.jsonl"))
                #expect(nothing.status == 0, "\(nothing.errors)")
                let lines = #"{"_id": "Title of an anime", "deleted": true}"# + "\n" + #"{"_id": 7, "deleted": true}"#
                let keys = try await rig.run("entries", try rig.file("keys.jsonl", lines), "--json")
                #expect(keys.status == 1 && keys.object["rejected"] as? Int == 2, "\(keys.errors)")
            }
        }
    }

    @Test(
        "tables of our own are no data set to import, and a file of rejects does not take the place of what is imported"
    )
    func mistakes() async throws {
        try await ExportRig.with { export in
            for kind in ["entries", "reviews"] {
                try await export.export(kind, "\(kind).csv")
                let table = try await export.rig.animematcher("import", kind, export.path("\(kind).csv"), "--dry-run")
                #expect(table.status == 1 && table.errors.contains("expected JSON lines"), "\(table.errors)")
            }
            try await ImportRig.with { rig in
                let file = try rig.file("a.jsonl", "bad\n")
                let same = try await rig.run("entries", file, "--rejects", rig.folder.path + "/./a.jsonl")
                #expect(same.status == 1 && same.errors.contains("is the file to import"), "\(same.errors)")
                #expect(rig.text("a.jsonl") == "bad\n")
                let wide = try rig.file(
                    "wide.csv", Array("anime_id,name\n1,A\n".utf16.flatMap { [UInt8($0 & 0xFF), 0] }))
                #expect(try await rig.run("entries", wide).errors.contains("UTF-16"))
                let long = try rig.file("long.csv", String(repeating: "x", count: 3 << 20))
                #expect(try await rig.run("entries", long).errors.contains("the header: longer than"))
            }
        }
    }
}
