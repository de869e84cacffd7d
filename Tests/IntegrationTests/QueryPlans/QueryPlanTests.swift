import DemoSite
import Foundation
import Indexing
import MongoDriver
import Storage
import TestSupport
import Testing

/// Every question that the program asks of the database is answered from an index, whatever it is used for.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct QueryPlanTests {
    /// What may look at every document, and why.
    private struct Exception {
        let collection: String
        let operation: String
        /// A part of the question's shape; empty for any.
        let part: String
        let reason: String

        init(_ collection: String, _ operation: String, _ part: String, _ reason: String) {
            (self.collection, self.operation, self.part, self.reason) = (collection, operation, part, reason)
        }
    }

    private static let scans = [
        Exception("entries", "find", "{filter: {}}", "a rebuild reads every entry, in no order"),
        Exception("anime", "find", "{filter: {}}", "a rebuild reads what every anime is called and holds"),
        Exception("users", "find", "{filter: {}}", "building the index reads every list, in no order"),
        Exception("schedules", "find", "{filter: {}}", "as many as the operator has written down"),
    ]
    private static let sorts = [
        Exception("anime", "find", "titles: /…/", "the titles with one beginning, to show the best known"),
        Exception("drift_alarms", "find", "", "alarms that are open or were raised lately"),
        Exception("frontier", "find", "sort: {crashes", "pages with which a worker died: a batch or two"),
        Exception("runs", "aggregate", "state", "the running crawls of a site"),
        Exception(
            "users", "aggregate", "{$limit: ?}, {$project: {rows: {$size",
            "the lengths of a thousand lists, for a sample"),
        Exception("fires", "aggregate", "$lte", "fires that are due: a bounded queue for each schedule"),
        Exception("hosts", "aggregate", "closed_reason", "hosts that are left alone"),
    ]

    @Test("while the whole program is used no collection is read through, and nothing unbounded is sorted in memory")
    func everything() async throws {
        try await CrawlRig.with(anime: 30, users: 8) { rig in
            let profile = try await QueryProfile(rig.temporary)
            try await use(rig)
            try await judge(profile, atLeast: 60)
        }
    }

    @Test("so it is while schedules fire and are steered")
    func schedules() async throws {
        let schedules = #"- {name: often, site: demo, every: 1s, crawl: {start: "ORIGIN/anime/1", limit: 1}}"#
        try await ScheduleRig.with(schedules) { rig in
            let profile = try await QueryProfile(rig.rig.temporary)
            for arguments in [["run", "often"], ["list"], ["next"], ["pause", "often"], ["resume", "often"]] {
                let result = try await Program("animematcher", environment: rig.environment).run(
                    ["schedule"] + arguments)
                #expect(result.status == 0, "\(result.errors)")
            }
            let scheduler = try rig.scheduler(lease: 5)
            try await rig.eventually("two more fires are done") {
                try await rig.documents("fires", ["state": "done"]).count >= 3
            }
            scheduler.signal(SIGTERM)
            _ = await scheduler.exit()
            try await judge(profile, atLeast: 30)
        }
    }

    private func judge(_ profile: QueryProfile, atLeast count: Int) async throws {
        let plans = try await profile.plans()
        #expect(plans.count >= count, "the program was not used, or the profiler did not record it")
        for (question, plan) in plans.sorted(by: { $0.key.description < $1.key.description }) {
            let stages = plan.stages.sorted().joined(separator: " ")
            print("\(question.description.prefix(300))  \(stages), \(plan.examined) documents at most")
            if plan.stages.contains("COLLSCAN"), !Self.isExcepted(question, by: Self.scans) {
                Issue.record("no index serves \(question.description)")
            }
            if plan.stages.contains("SORT"), !Self.isExcepted(question, by: Self.sorts) {
                Issue.record("sorted in memory: \(question.description)")
            }
        }
    }

    private static func isExcepted(_ question: QueryProfile.Question, by exceptions: [Exception]) -> Bool {
        exceptions.contains {
            $0.collection == question.collection && $0.operation == question.operation
                && ($0.part.isEmpty || question.shape.contains($0.part))
        }
    }

    /// Does with the program all that a person can.
    private func use(_ rig: CrawlRig) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("plans-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await rig.crawl()
        _ = try await rig.animematcher("frontier", "reset", "demo")
        try rig.site.update { catalogue in
            _ = catalogue.addAnime(title: "Lighthouse of Nobody")
            try catalogue.changeAnime(id: 1) { $0.synopsis = "Short." }
        }
        try await rig.crawl()
        let entries = folder.appendingPathComponent("anime.csv")
        try Data("mal_id,title,type\n901,Imported One,TV\n902,Imported Two,TV\n".utf8).write(to: entries)
        let ratings = folder.appendingPathComponent("ratings.csv")
        try Data("user,item,rating\nx,901,7\ny,902,9\n".utf8).write(to: ratings)
        let anime = try #require(rig.site.catalogue?.anime.first)
        let user = try #require(rig.site.catalogue?.users.first { !$0.isPrivate })
        let page = "\(rig.origin)/anime/\(anime.id)"
        let uses: [[String]] = [
            ["import", "entries", entries.path, "--site", "myanimelist"],
            ["import", "ratings", ratings.path, "--site", "myanimelist"],
            ["catalog", "rebuild"], ["catalog", "show", anime.title], ["catalog", "show", "demo:1"],
            ["catalog", "show", "1"], ["catalog", "show", anime.title + "q"],
            ["catalog", "show", String(anime.title.prefix(4))],
            ["index", "build"], ["index", "update"], ["index", "status"], ["index", "verify"],
            ["migrate", "--dry-run"],
            ["forget", "nobody", "--dry-run"], ["forget", "nobody"], ["forget", "nobody", "--lift"],
            ["recommend", "--sample-user"], ["recommend", "demo:\(user.name)"], ["recommend", user.name],
            ["recommend", "--like", anime.title], ["similar", anime.title], ["topics"],
            ["frontier", "status"], ["frontier", "list", "demo", "--state", "dead"],
            ["frontier", "list", "demo", "--state", "done"], ["frontier", "add", page],
            ["frontier", "recrawl", "demo", "--page", "anime"], ["frontier", "retry", "demo"],
            ["frontier", "retry", "demo", "--reason", "http_403"], ["frontier", "reset", "demo"],
            ["control", "status", "demo"], ["control", "pause", "demo", "--host", "127.0.0.1:1"],
            ["control", "pause", "demo"], ["control", "resume", "demo"],
            ["control", "rate", "demo", "--delay", "1s"], ["control", "stop", "demo"],
            ["schedule", "list"], ["schedule", "next"], ["drift", "list"], ["drift", "show", "demo"],
            ["drift", "release", "demo"], ["quarantine", "list", "demo"], ["quarantine", "list"], ["reparse", "demo"],
            ["doctor"],
        ]
        for arguments in uses {
            let result = try await rig.animematcher(arguments)
            if result.status == 64 { Issue.record("\(arguments.joined(separator: " ")): \(result.errors)") }
        }
        _ = try await rig.database.users.find(user.name)
        try await CatalogueFollower(database: rig.database).catchUp()
    }
}
