import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ChangesCommandTests {
    @Test("the log is shown, verified, compacted, and says what is gone")
    func wholeLife() async throws {
        try await CrawlRig.with(anime: 12, users: 4) { rig in
            try await rig.crawl()
            let newest = try await rig.database.changes.newest()
            let listed = try await rig.animematcher("changes", "list", "--json", "--limit", "100000")
            #expect(listed.objects.compactMap { $0["number"] as? Int } == Array(1...newest))
            #expect(listed.objects.allSatisfy { !($0["fields"] as? [Any] ?? []).isEmpty })
            let tail = try await rig.animematcher("changes", "list", "--json", "--after", "\(newest - 2)")
            #expect(tail.objects.compactMap { $0["number"] as? Int } == [newest - 1, newest] && tail.errors.isEmpty)
            let anime = try await rig.animematcher("changes", "list", "--subject", "anime", "--json", "--limit", "3")
            #expect(anime.objects.allSatisfy { $0["subject"] as? String == "anime" } && anime.objects.count == 3)
            #expect(try await rig.animematcher("changes", "verify").output == "every number is there\n")

            // An older database: its changes are old by now, and one key has several.
            let base = rig.temporary.client.database(rig.temporary.name).collection("changes")
            try await base.updateMany([:], ["$set": ["at": .date(Date().addingTimeInterval(-40 * 86_400))]])
            let key = try #require(listed.objects.last { $0["subject"] as? String == "entry" }?["key"] as? String)
            try await base.updateMany(["_id": ["$lte": 3]], ["$set": ["key": .string(key), "subject": "entry"]])
            let dry = try await rig.animematcher("changes", "compact", "--dry-run", "--json").object
            let done = try await rig.animematcher("changes", "compact", "--json").object
            #expect(dry["removed"] as? Int == done["removed"] as? Int && (done["removed"] as? Int ?? 0) >= 3)
            let status = try await rig.animematcher("changes", "status", "--json").object
            let compacted = try #require(status["compacted_to"] as? Int)
            #expect(compacted >= 3 && status["newest"] as? Int == newest)
            #expect(try await rig.animematcher("changes", "verify").status == 0)
            let again = try await rig.animematcher("changes", "list")
            #expect(again.status == 0 && again.errors.contains("were compacted"))
            #expect(try await rig.animematcher("changes", "list", "--whole").status == 1)
            #expect(try await rig.animematcher("changes", "list", "--whole", "--after", "\(compacted)").status == 0)

            try await base.deleteOne(["_id": .int64(Int64(newest - 1))])
            let broken = try await rig.animematcher("changes", "verify")
            #expect(broken.status == 1 && broken.errors.contains("1 changes are missing"))
            #expect(try await rig.animematcher("index", "build").status == 0)
            let shown = try await rig.animematcher("changes", "consumers")
            #expect(shown.output.contains("index: has taken in all") && shown.output.contains("catalogue: "))
            #expect(try await rig.animematcher("changes", "consumers", "forget", "index").status == 1)
            #expect(try await rig.animematcher("changes", "consumers", "forget", "nobody").status == 1)
            #expect(try await rig.animematcher("changes", "consumers", "forget", "catalogue").status == 0)
        }
    }

    @Test("following prints changes as they are written")
    func follow() async throws {
        try await CrawlRig.with(anime: 6, users: 2) { rig in
            let running = try RunningProgram(rig.program, ["changes", "list", "--follow", "--json"])
            try await rig.crawl()
            let newest = try await rig.database.changes.newest()
            let deadline = ContinuousClock.now + .seconds(60)
            while running.output.split(separator: "\n").count < newest, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(running.output.split(separator: "\n").count == newest)
            running.signal(SIGINT)
            #expect(await running.exit() == 0, "\(running.errors)")
        }
    }
}
