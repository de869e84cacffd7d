import CrawlDomain
import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing
import WebStandards

/// The demo site brings out a new template on some of its pages in the middle of a crawl.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct DriftTests {
    /// The spider's file with the synopsis found in the new template, too.
    private func repairedSpider() throws -> String {
        let file = Program.project.appendingPathComponent("Spiders/myanimelist.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let repaired = text.replacing("\"[itemprop=description]\"", with: "\"[itemprop=description], p.synopsis-text\"")
        try #require(repaired != text, "the spider finds the synopsis by another selector than this test knows")
        return repaired
    }

    private func descriptions(_ rig: CrawlRig) async throws -> [String: JSONValue] {
        var descriptions: [String: JSONValue] = [:]
        try await rig.database.catalogue.forEachAnime { anime in
            descriptions[anime["_id"]?.stringValue ?? ""] = anime["description"]
        }
        return descriptions
    }

    @Test(
        "a template that changes for 30 % of the pages: alarm, hold, repair, reparse without a request, and the index equals a rebuild"
    )
    func templateSwitch() async throws {
        try await CrawlRig.with(anime: 220, users: 6) { rig in
            try await rig.crawl()
            let built = try await rig.animematcher("index", "build", "--json")
            #expect(built.status == 0, "\(built.errors)")
            let good = try await descriptions(rig)
            let fields = try await rig.database.drift.history(site: "demo", since: "2000-01-01", pages: ["anime"])
            #expect((fields.first?.fields["title"]?.items ?? 0) >= 200)

            // Something changes besides, and is not published either.
            let known = Set(try await rig.users().keys)
            let user = try #require(
                rig.site.catalogue?.users.first {
                    !$0.isPrivate && !$0.rows.isEmpty && known.contains("demo:\($0.name)")
                })
            let row = try #require(user.rows.first)
            try rig.site.update { try $0.rate(user: user.name, animeID: row.animeID, score: row.score == 9 ? 3 : 9) }
            rig.site.setBehaviour(try Behaviour(parsing: "template share=30 after=60 path=/anime/*", seed: 3))
            #expect(try await rig.animematcher("frontier", "reset", "demo", "--whole").status == 0)
            let drifted = try await rig.animematcher(["crawl", "demo", "--json"] + rig.starts)
            let summary = drifted.object
            let alarms = summary["drift"] as? [[String: Any]] ?? []
            #expect(alarms.contains { $0["field"] as? String == "synopsis" && $0["measure"] as? String == "filled" })
            #expect(summary["held"] as? Bool == true)
            #expect(drifted.errors.contains("drift: synopsis of entry on anime pages"), "\(drifted.errors)")
            let samples = alarms.first { $0["field"] as? String == "synopsis" }?["samples"] as? [[String: Any]] ?? []
            // Items go on with the synopsis they had; that there is none now is kept apart.
            let entries = try await rig.entries().values
            let lost = entries.filter { $0["quarantine"]?["synopsis"] != nil }
            #expect(lost.count >= 20)
            #expect(!samples.isEmpty)
            // A few entries never had one.
            let lacking = (lost + entries.filter { $0["synopsis"] == .null }).compactMap { $0["url"]?.stringValue }
            #expect(samples.allSatisfy { sample in lacking.contains { $0.hasPrefix(sample["url"] as? String ?? "?") } })

            // Nothing of it is published.
            let updated = try await rig.animematcher("index", "update", "--json")
            #expect(updated.status == 0, "\(updated.errors)")
            #expect(try await descriptions(rig) == good)
            #expect(try await rig.database.index.newest()?.held["demo"] != nil)
            let refused = try await rig.animematcher("index", "build")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("animematcher reparse demo"))

            // The old spider reads the same as before: the hold stays.
            let requests = rig.site.log.settledEntries().count
            let vain = try await rig.animematcher("reparse", "demo")
            #expect(vain.output.contains("publication of demo is still held"), "\(vain.output)\(vain.errors)")

            let home = try ProgramHome(spider: try repairedSpider(), site: "myanimelist")
            defer { home.remove() }
            let environment = rig.environment.merging(home.environment) { $1 }
            let reparsed = try await Program("animematcher", environment: environment).run(["reparse", "demo"])
            #expect(reparsed.status == 0, "\(reparsed.errors)")
            #expect(reparsed.output.contains("publication of demo goes on"), "\(reparsed.output)")
            #expect(rig.site.log.settledEntries().count == requests)
            #expect(try await rig.entries().values.allSatisfy { $0["quarantine"] == nil })

            #expect(try await rig.animematcher("index", "update").status == 0)
            #expect(try await descriptions(rig) == good)
            #expect(try await rig.database.index.newest()?.held.isEmpty == true)
            let verified = try await rig.animematcher("index", "verify")
            #expect(verified.status == 0, "\(verified.errors)")
        }
    }

    @Test("what the operator releases is published, and usual from then on")
    func release() async throws {
        try await CrawlRig.with(anime: 220, users: 4) { rig in
            try await rig.crawl()
            #expect(try await rig.animematcher("index", "build").status == 0)
            rig.site.setBehaviour(try Behaviour(parsing: "template path=/anime/*"))
            _ = try await rig.animematcher("frontier", "reset", "demo", "--whole")
            #expect(try await rig.crawl()["held"] as? Bool == true)
            let listed = try await rig.animematcher("drift", "list")
            #expect(listed.output.contains("synopsis"), "\(listed.errors)")
            let shown = try await rig.animematcher("drift", "show", "demo")
            #expect(shown.output.contains("seen"), "\(shown.errors)")
            let released = try await rig.animematcher("drift", "release", "demo")
            #expect(released.output.contains("publication of demo goes on"), "\(released.output)\(released.errors)")
            #expect(try await rig.animematcher("index", "update").status == 0)
            #expect(try await rig.animematcher("index", "verify").status == 0)
            _ = try await rig.animematcher("frontier", "reset", "demo", "--whole")
            #expect(try await rig.crawl()["held"] as? Bool == false)
        }
    }

    @Test("a template in which much is no longer found is a drift, and no host that has had enough of us")
    func wideDrift() async throws {
        try await CrawlRig.with(anime: 150, users: 2) { rig in
            try await rig.crawl()
            let entries = try await rig.entries().mapValues { $0["genres"] }
            rig.site.setBehaviour(try Behaviour(parsing: "template part=column path=/anime/*"))
            _ = try await rig.animematcher("frontier", "reset", "demo", "--whole")
            let summary = try await rig.crawl()
            #expect(summary["held"] as? Bool == true)
            #expect((summary.number("drops.poorer_than_stored") ?? 0) > 100, "\(summary)")
            #expect(!(summary["reason"] as? String ?? "?").contains("left alone"), "\(summary["reason"] ?? "")")
            let alarms = summary["drift"] as? [[String: Any]] ?? []
            #expect(alarms.contains { $0["field"] as? String == "genres" && $0["holds"] as? Bool == true })
            #expect(try await rig.entries().mapValues { $0["genres"] } == entries)

            // Of each URL both pages are read, and what is marked stays as it is marked.
            let marks = try await rig.entries().mapValues { $0["quarantine"] }
            #expect(marks.values.contains { $0 != nil })
            #expect(try await rig.animematcher("reparse", "demo").status == 0)
            #expect(try await rig.entries().mapValues { $0["quarantine"] } == marks)

            // The site takes it back.
            rig.site.setBehaviour(Behaviour(rules: []))
            _ = try await rig.animematcher("frontier", "reset", "demo", "--whole")
            try await rig.crawl()
            let reparsed = try await rig.animematcher("reparse", "demo")
            #expect(reparsed.output.contains("publication of demo goes on"), "\(reparsed.output)")
            #expect(try await rig.crawl()["held"] as? Bool == false)
        }
    }

    @Test("of a URL the newer page is read again, the last that was understood only of what the newer does not give")
    func reparseOrder() async throws {
        try await CrawlRig.with(anime: 5, users: 1) { rig in
            try await rig.crawl()
            func count() async throws -> Substring {
                let reparsed = try await rig.animematcher("reparse", "demo")
                #expect(reparsed.status == 0, "\(reparsed.errors)")
                return try #require(reparsed.output.split(separator: " pages read again").first)
            }
            let before = try #require(Int(try await count()))
            let pages = rig.temporary.client.database(rig.temporary.name).collection("pages")
            var page = try #require(try await pages.findOne(["page": "anime"]))
            let id = try #require(page["_id"]?.stringValue) + "|unread"
            (page["_id"], page["fetched_at"]) = (.string(id), .date(Date()))
            _ = try await pages.insert(page)
            #expect(try await count() == "\(before)")
            // What the site said there is no anime's page.
            let other = try #require(try await pages.findOne(["page": ["$ne": "anime"]]))
            let strange = BSONDocument(
                ["coding", "body", "length", "content_type"].compactMap { name in other[name].map { (name, $0) } })
            try await pages.updateOne(["_id": .string(id)], ["$set": .document(strange)])
            #expect(try await count() == "\(before + 1)")
        }
    }

    @Test("runs of a few pages each see a drift together")
    func smallRuns() async throws {
        try await CrawlRig.with(anime: 150, users: 2) { rig in
            try await rig.crawl()
            _ = try await rig.animematcher("frontier", "recrawl", "demo", "--page", "anime", "--whole")
            func isNoticed() async throws -> Bool {
                let summary = try await rig.crawl(["--resume", "--limit", "7"])
                return (summary["drift"] as? [[String: Any]] ?? []).contains { $0["field"] as? String == "synopsis" }
            }
            #expect(try await !isNoticed())
            rig.site.setBehaviour(try Behaviour(parsing: "template path=/anime/*"))
            var runs = 1
            // Whether it holds depends on how much the blocks of the first crawl differed, and so on their order.
            while try await !isNoticed(), runs < 12 { runs += 1 }
            #expect((2..<12).contains(runs), "\(runs) runs")
            let shown = try await rig.animematcher("drift", "show", "demo")
            #expect(shown.output.contains("synopsis of entry on anime pages"), "\(shown.output)\(shown.errors)")
        }
    }

    @Test("a site that stays as it is raises no alarm, crawled again and again")
    func quiet() async throws {
        try await CrawlRig.with(anime: 220, users: 12) { rig in
            for _ in 0..<3 {
                let summary = try await rig.crawl()
                let alarms = summary["drift"] as? [[String: Any]] ?? []
                #expect(!alarms.contains { $0["holds"] as? Bool == true }, "\(alarms)")
                #expect(summary["held"] as? Bool == false)
                _ = try await rig.animematcher("frontier", "reset", "demo", "--whole")
            }
        }
    }
}
