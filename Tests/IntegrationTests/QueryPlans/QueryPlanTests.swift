import DemoSite
import Foundation
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif
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
        Exception("migrations", "find", "{filter: {state", "as many as the program has migrations"),
        Exception(
            "anime", "aggregate", "[{$match: {}}, {$group: {_id: ?, n:", "a migration counts what it makes anew, once"),
        Exception(
            "users", "aggregate", "[{$project: {newest: {$max", "who has been inactive is asked of every list, by hand"),
        Exception(
            "users", "find", "{list: {$elemMatch: {entry_id: {$in",
            "`similar` counts who likes both where there are 20,000 lists at most, else when asked to"),
    ]
    private static let sorts = [
        Exception("pages", "aggregate", "{$sort: {_id: ?}}]", "the sums of pages, one for each site"),
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
            let scheduler = try await rig.scheduler(lease: 5)
            try await rig.eventually("two more fires are done") {
                try await rig.documents("fires", ["state": "done"]).count >= 3
            }
            scheduler.signal(SIGTERM)
            _ = await scheduler.exit()
            try await judge(profile, atLeast: 30)
        }
    }

    @Test(
        "so it is for data taken out and in, the change log, webhooks, raw pages, migrations and the forgetting of people"
    )
    func data() async throws {
        // Refuses one change, so that there is something to set aside.
        let receiver = try AskedServer { $0.body.contains("\"demo:3\"") ? .init("", status: 400) : .init("") }
        defer { receiver.stop() }
        let home = try ProgramHome(
            spider: try String(
                contentsOf: Program.project.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8),
            site: "demo",
            configuration: """
                people: {inactive_after: 1d}
                changes: {keep: 1s, wait_for_consumers: 1s}
                webhooks:
                  - {name: hook, url: "http://127.0.0.1:\(receiver.port)/h", secret: "{env:HOOK_SECRET}", documents: true}
                """)
        defer { home.remove() }
        try await CrawlRig.with(anime: 30, users: 8) { rig in
            let secret = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()
            let environment = rig.environment.merging(home.environment) { $1 }.merging(["HOOK_SECRET": secret]) { $1 }
            let profile = try await QueryProfile(rig.temporary)
            try await rig.crawl()
            let files = FileManager.default.temporaryDirectory.appendingPathComponent("data-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: files) }
            let program = Program("animematcher", environment: environment)
            for arguments in try await dataUses(rig, files) {
                let result = try await program.run(arguments)
                let isExpected = result.status == 0 || arguments.first == "webhook" && result.status == 1
                #expect(isExpected, "\(arguments.joined(separator: " ")): \(result.status) \(result.errors)")
            }
            // As in a database of the first version, of which everything is brought up to date.
            let base = rig.temporary.client.database(rig.temporary.name)
            try await base.collection("migrations").deleteMany(["_id": ["$gte": 0]])
            let migrated = try await program.run(["migrate", "--json"])
            #expect(migrated.status == 0, "\(migrated.errors)")
            try await judge(profile, atLeast: 60)
        }
    }

    /// Commands about the data as such, in an order in which each has something to do.
    private func dataUses(_ rig: CrawlRig, _ files: URL) async throws -> [[String]] {
        func file(_ name: String) -> String { files.appendingPathComponent(name).path }
        let user = try #require(rig.site.catalogue?.users.first { !$0.isPrivate && !$0.rows.isEmpty })
        let list =
            "<?xml version=\"1.0\"?><myanimelist><myinfo><user_name>Mira</user_name></myinfo><anime>"
            + "<series_animedb_id>7</series_animedb_id><series_title>Star</series_title><my_score>9</my_score>"
            + "<my_status>Completed</my_status></anime></myanimelist>"
        try Data(list.utf8).write(to: files.appendingPathComponent("list.xml"))
        let subjects = ["anime", "entries", "reviews", "users"]
        var uses: [[String]] = subjects.flatMap { subject in
            [
                ["export", subject, file("\(subject).jsonl")],
                ["export", subject, file("\(subject)-since.jsonl"), "--since", "3"],
                ["export", subject, file("\(subject).bson")],
            ]
        }
        uses += ["entries", "reviews", "users"].map { ["export", $0, file("\($0)-site.csv"), "--site", "demo"] }
        uses += [
            ["export", "ratings", file("ratings.csv")], ["export", "ratings", file("ratings.npz")],
            ["export", "ratings", file("ratings-site.csv"), "--site", "demo"],
            ["export", "ratings", file("ratings-since.csv"), "--since", "3"],
            ["export", "changes", file("changes.jsonl")], ["export", "changes", file("since.jsonl"), "--since", "3"],
            ["export", "pages", file("pages.warc.gz")], ["export", "pages", file("demo.warc"), "--site", "demo"],
            ["import", "pages", file("demo.warc")], ["import", "pages", file("demo.warc"), "--site", "demo"],
            ["import", "entries", file("entries.jsonl"), "--site", "demo"],
            ["import", "users", file("users.jsonl"), "--site", "demo"],
            ["import", "reviews", file("reviews.jsonl"), "--site", "demo"],
            ["import", "list", file("list.xml"), "--site", "demo"],
            ["index", "build"], ["migrate", "--dry-run"],
            ["changes", "status"], ["changes", "list"], ["changes", "list", "--after", "3", "--subject", "user"],
            ["changes", "list", "--key", "demo:1"], ["changes", "verify"], ["changes", "consumers"],
            ["webhook", "test", "hook"], ["webhook", "run", "hook", "--once", "--first-wait", "0"],
            ["webhook", "list"], ["webhook", "parked", "hook"], ["webhook", "retry", "hook"],
            ["webhook", "skip", "hook", "--to", "1"], ["webhook", "drop", "hook"], ["webhook", "resume", "hook"],
            ["forget", user.name, "--site", "demo", "--dry-run"], ["forget", user.name, "--site", "demo"],
            ["forget", user.name, "--site", "demo", "--lift"],
            ["forget", "--inactive", "--dry-run"], ["forget", "--inactive"],
            ["webhook", "run", "hook", "--once", "--first-wait", "0"],
            ["changes", "compact", "--dry-run"], ["changes", "compact"],
            ["changes", "consumers", "forget", "webhook:hook"],
            ["pages", "status"], ["pages", "status", "demo"], ["pages", "prune", "demo", "--most", "20"],
            ["pages", "prune", "--keep", "1d"], ["reparse", "demo"],
        ]
        return uses
    }

    @Test("so it is while the service works and answers")
    func service() async throws {
        try await CrawlRig.with(anime: 30, users: 8) { rig in
            let profile = try await QueryProfile(rig.temporary)
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("port-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: file) }
            let serve = try await RunningProgram(
                Program("animematcher-serve", environment: rig.environment), ["--port", "0", "--port-file", file.path])
            let deadline = ContinuousClock.now + .seconds(60)
            var port = ""
            while port.isEmpty, serve.isRunning, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
                port =
                    (try? String(contentsOf: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
                    ?? ""
            }
            try await eventually("the index is loaded") {
                try await PageVisitor("http://127.0.0.1:\(port)").get("/readyz").status == 200
            }
            let title = try #require(rig.site.catalogue?.anime.first?.title)
            let user = try #require(rig.site.catalogue?.users.first { !$0.isPrivate && !$0.rows.isEmpty })
            let uses: [(path: String, query: [String: String], status: Set<Int>)] = [
                ("/", [:], [200]), ("/", ["user": user.name], [200]), ("/", ["like": title], [200]),
                ("/", ["like": "No Such Title"], [404]), ("/healthz", [:], [200]), ("/readyz", [:], [200]),
                ("/api/v1/index", [:], [200]), ("/api/v1/topics", [:], [200]),
                ("/api/v1/similar", ["title": title], [200]), ("/api/v1/similar", ["title": title + "q"], [404]),
                ("/api/v1/recommendations", ["like": title], [200]),
                ("/api/v1/users/\(user.name)/recommendations", [:], [200]),
                ("/api/v1/users/demo:\(user.name)/recommendations", [:], [200]),
                ("/api/v1/users/nobody-at-all/recommendations", [:], [404]),
                ("/api/v1/search", ["q": title], [200]), ("/api/v1/sites", [:], [200]),
                ("/api/v1/sites/demo", [:], [200]), ("/api/v1/schedules", [:], [200]),
                ("/api/v1/changes", ["after": "5"], [200]), ("/metrics", [:], [200]),
                ("/crawl", [:], [200]), ("/crawl/live", [:], [200]),
            ]
            for use in uses {
                var address = try #require(URLComponents(string: "http://127.0.0.1:\(port)\(use.path)"))
                if !use.query.isEmpty { address.queryItems = use.query.map { URLQueryItem(name: $0, value: $1) } }
                let (_, response) = try await URLSession.shared.data(from: try #require(address.url))
                let status = (response as? HTTPURLResponse)?.statusCode ?? 0
                #expect(use.status.contains(status), "\(use.path) \(use.query): \(status)")
            }
            serve.signal(SIGTERM)
            #expect(await serve.exit() == 0, "\(serve.errors)")
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
