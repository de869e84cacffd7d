import CrawlDomain
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
            let running = try await RunningProgram(rig.program, ["changes", "list", "--follow", "--json"])
            try await rig.crawl()
            let newest = try await rig.database.changes.newest()
            let deadline = ContinuousClock.now + .seconds(60)
            while running.output.split(separator: "\n").count < newest, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(running.output.split(separator: "\n").count == newest)
            running.signal(SIGINT)
            #expect(await running.exit() == 0, "\(running.errors)")
            // Nothing is fetched or stored here.
            #expect(running.errors.contains("stopping (once more ends at once)"), "\(running.errors)")
            #expect(!running.errors.contains("fetched"))
        }
    }

    @Test("a consumer whose position the log never had is told: it is of another database, and would pass changes by")
    func ahead() async throws {
        try await CrawlRig.with(anime: 5, users: 2) { rig in
            try await rig.crawl()
            try await rig.temporary.client.database(rig.temporary.name).collection("consumers").insert(
                ["_id": "outside", "change": .int64(99_999)])
            #expect(
                try await rig.animematcher("changes", "consumers").output.contains("outside: at change 99999, which"))
            #expect(try await rig.animematcher("doctor").status == 1)
            #expect(try await rig.animematcher("changes", "consumers", "forget", "outside").status == 0)
            let key = ["changes", "list", "--key", "demo:1"]
            let all = try await rig.animematcher(key).lines
            #expect(try await rig.animematcher(key + ["--subject", "entry"]).lines == all)
            #expect(try await rig.animematcher(key + ["--subject", "user"]).lines.isEmpty)
        }
    }

    @Test("killed again and again while it compacts, it leaves no hole that is not recorded, and ends with the same")
    func killedCompaction() async throws {
        try await TemporaryDatabase.with { temporary in
            let base = temporary.client.database(temporary.name)
            let old = Date().addingTimeInterval(-40 * 86_400)
            for start in stride(from: 1, through: 30_000, by: 5_000) {
                try await base.collection("changes").insertMany(
                    (start..<start + 5_000).map { number in
                        [
                            "_id": .int64(Int64(number)), "subject": "entry", "key": .string("demo:\(number % 700)"),
                            "operation": "update", "fields": [], "cause": ["kind": "crawl", "id": "x"],
                            "at": .date(old),
                        ]
                    })
            }
            try await base.collection("counters").insert(["_id": "changes", "value": .int64(30_000)])
            let program = Program(
                "animematcher", environment: ["MONGODB_URI": temporary.uri, "ANIMEMATCHER_DATABASE": temporary.name])
            var last = 0
            for _ in 0..<4 {
                let running = try await RunningProgram(program, ["changes", "compact"])
                // Killed once it has done some more of its work, whenever that is.
                let deadline = ContinuousClock.now + .seconds(60)
                while running.isRunning, ContinuousClock.now < deadline,
                    try await temporary.database.changes.history().compactedTo < last + 2_000
                {
                    try await Task.sleep(for: .milliseconds(2))
                }
                running.signal(SIGKILL)
                _ = await running.exit()
                last = try await temporary.database.changes.history().compactedTo
                #expect(try await temporary.database.changes.missing() == 0)
            }
            #expect(try await program.run(["changes", "compact"]).status == 0)
            let left = try await temporary.database.changes.changes(after: 0, limit: 2_000)
            #expect(left.map(\.number) == Array(29_301...30_000))
            #expect(try await temporary.database.changes.missing() == 0)
        }
    }

    @Test("a crawl compacts the log at its end, and so does the service")
    func background() async throws {
        try await CrawlRig.with(anime: 6, users: 2) { rig in
            try await rig.crawl()
            let base = rig.temporary.client.database(rig.temporary.name)
            let log = rig.database.changes
            /// Makes the two oldest changes old ones of one document.
            func age(key: String) async throws -> Int {
                let oldest = try await log.changes(after: 0, limit: 2).map(\.number)
                try await base.collection("changes").updateMany(
                    ["_id": ["$in": .array(oldest.map { .int64(Int64($0)) })]],
                    [
                        "$set": [
                            "at": .date(Date().addingTimeInterval(-40 * 86_400)), "key": .string(key),
                            "subject": "entry",
                        ]
                    ])
                return try #require(oldest.first)
            }
            let first = try await age(key: "demo:x")
            try await rig.crawl(["--start", "\(rig.origin)/topanime.php"])
            #expect(try await log.history().compactedTo == first)
            #expect(try await log.missing() == 0)
            let second = try await age(key: "demo:y")
            try await base.collection("counters").updateOne(
                ["_id": "changes_compacted"], ["$set": ["swept": .int64(0)]])
            let serve = try await RunningProgram(
                Program("animematcher-serve", environment: rig.environment), ["--roles", "index"])
            let deadline = ContinuousClock.now + .seconds(60)
            while try await log.history().compactedTo < second, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await log.history().compactedTo == second)
            serve.signal(SIGTERM)
            #expect(await serve.exit() == 0, "\(serve.errors)")
        }
    }
}
