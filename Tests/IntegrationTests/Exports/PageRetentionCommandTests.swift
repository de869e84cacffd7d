import CrawlDomain
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct PageRetentionCommandTests {
    @Test(
        "a crawl ends by deleting what its site is not to keep, and by keeping equal bodies once; status tells what is left"
    )
    func afterCrawl() async throws {
        try await ExportRig.with(anime: 8, users: 3) { export in
            let pages = export.rig.temporary.client.database(export.rig.temporary.name).collection("pages")
            let newest = try #require(
                try await pages.findOne(["page": "anime"], FindOptions(sort: ["fetched_at": -1])))
            // As if two URLs of this run had answered the same.
            for name in ["copy1", "copy2"] {
                try await pages.insert(
                    newest.merging(["_id": .string(name), "fetched_at": .date(Date().addingTimeInterval(3_600))]))
            }
            let file = export.path("config.yaml")
            try "sites:\n  demo:\n    pages: {keep: 90d, most: 4}\n".write(
                toFile: file, atomically: true, encoding: .utf8)
            let crawl = try await export.rig.animematcher(["crawl", "demo", "--config", file] + export.rig.starts)
            #expect(crawl.status == 0, "\(crawl.errors)")
            let result = try await export.rig.animematcher("pages", "status", "--json")
            let status = try #require(
                try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
            ).first
            #expect((status?["pages"] as? Int) == 4)
            #expect((status?["shared_pages"] as? Int ?? 0) >= 2 && (status?["saved_bytes"] as? Int ?? 0) > 0)
            let wrong = try await export.rig.animematcher("pages", "prune", "--keep", "90")
            #expect(wrong.status == 64 && wrong.errors.contains("90d"))
            let pruned = try await export.rig.animematcher("pages", "prune", "--most", "0", "--json")
            #expect((pruned.object["deleted"] as? Int) == 4 && (pruned.object["bodies_deleted"] as? Int) == 1)
        }
    }
}
