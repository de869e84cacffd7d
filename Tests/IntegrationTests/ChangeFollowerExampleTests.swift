import CrawlDomain
import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

/// The example of docs/change-log.md, as an outside recommender runs it.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ChangeFollowerExampleTests {
    private static let example = Program.project.appendingPathComponent("docs/examples/follow_changes.py").path

    /// Compares the copy with the database, and prints how many documents there are, or what differs.
    private static let comparison = """
        import os, sqlite3, sys
        from bson import json_util
        from pymongo import MongoClient
        db = MongoClient(os.environ["MONGODB_URI"])[os.environ["ANIMEMATCHER_DATABASE"]]
        copy = {(s, k): json_util.loads(d) for s, k, d in sqlite3.connect(sys.argv[1]).execute("SELECT * FROM documents")}
        there = {(s, d["_id"]): json_util.loads(json_util.dumps(d)) for s, c in (("anime", "anime"), ("user", "users")) for d in db[c].find()}
        wrong = [k for k in set(copy) | set(there) if copy.get(k) != there.get(k)]
        print(len(there) if not wrong else wrong[:5])
        """

    /// What the comparison prints; a number when all is equal.
    private func compare(_ python: String, _ rig: CrawlRig, _ copy: String) async throws -> Int? {
        let compared = try await Command(python, ["-c", Self.comparison, copy], environment: rig.environment).run()
        #expect(compared.status == 0, "\(compared.errors)")
        let text = compared.output.trimmingCharacters(in: .whitespacesAndNewlines)
        if Int(text) == nil { Issue.record("differs: \(text)") }
        return Int(text)
    }

    private func follow(_ python: String, _ rig: CrawlRig, _ copy: String) async throws {
        let followed = try await Command(python, [Self.example, copy, "--once"], environment: rig.environment).run()
        #expect(followed.status == 0, "\(followed.errors)")
    }

    @Test(
        "a copy kept by the example equals the database: after a crawl, kills in the middle, deletions and lost history"
    )
    func copyIsEqual() async throws {
        guard let python = ForeignPython.path() else { return }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("copy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("copy.sqlite").path
        try await CrawlRig.with(anime: 60, users: 12) { rig in
            // It follows while the crawl writes, and is killed again and again.
            let crawl = Task { _ = try await rig.crawl() }
            for _ in 0..<6 {
                let running = try await RunningProgram(
                    Command(python, [Self.example, copy], environment: rig.environment))
                try await Task.sleep(for: .milliseconds(.random(in: 200...1_200)))
                running.signal(SIGKILL)
                _ = await running.exit()
            }
            try await crawl.value
            try await follow(python, rig, copy)
            #expect(try await compare(python, rig, copy) ?? 0 > 15)

            // Changed and deleted documents are followed by number.
            let base = rig.temporary.client.database(rig.temporary.name)
            let user = try #require(rig.site.catalogue?.users.first { !$0.isPrivate && !$0.rows.isEmpty })
            let row = try #require(user.rows.first)
            try rig.site.update { try $0.rate(user: user.name, animeID: row.animeID, score: row.score == 9 ? 3 : 9) }
            try await rig.crawl(["--start", "\(rig.origin)/animelist/\(user.name)?status=7"])
            try await follow(python, rig, copy)
            #expect(try await compare(python, rig, copy) ?? 0 > 15)
            let shown = try await rig.animematcher("changes", "consumers", "--json")
            #expect(shown.output.contains("\"recommender\""))

            // Somebody is forgotten: the changes of their list name nobody any more, and the deletion does.
            let other = try #require(rig.site.catalogue?.users.first { !$0.isPrivate && $0.name != user.name })
            #expect(try await rig.animematcher("forget", other.name, "--site", "demo").status == 0)
            try await follow(python, rig, copy)
            #expect(try await compare(python, rig, copy) ?? 0 > 15)

            // It stays away for so long that compaction has gone on without it.
            let position = try #require(
                try await base.collection("consumers").findOne(["_id": "recommender"])?["change"]?.intValue)
            try rig.site.update { try $0.rate(user: user.name, animeID: row.animeID, score: 5) }
            try await rig.crawl(["--start", "\(rig.origin)/animelist/\(user.name)?status=7"])
            try rig.site.update { try $0.rate(user: user.name, animeID: row.animeID, score: 6) }
            try await rig.crawl(["--start", "\(rig.origin)/animelist/\(user.name)?status=7"])
            _ = try await rig.database.changes.compactor(.init()).run(now: Date().addingTimeInterval(200 * 86_400))
            #expect(try await rig.database.changes.history().compactedTo > position)
            try await base.collection("anime").deleteOne([:])
            try await follow(python, rig, copy)
            #expect(try await compare(python, rig, copy) ?? 0 > 15)
        }
    }
}
