import DemoSite
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct DemoCrawlTests {
    @Test("a crawl stores every entry, review and public list of the site, as the site states them")
    func complete() async throws {
        try await CrawlRig.with { rig in
            let summary = try await rig.crawl()
            #expect(summary["state"] as? String == "finished")
            let catalogue = try #require(rig.site.catalogue)
            let entries = try await rig.entries()
            #expect(entries.count == catalogue.anime.count)
            for anime in catalogue.anime {
                let entry = try #require(entries["demo:\(anime.id)"], "\(anime.title)")
                #expect(entry["title"] == .string(anime.title))
                #expect(entry["type"] == .string(anime.type.rawValue))
                #expect(entry["episodes"]?.intValue.map { Int($0) } == anime.episodes)
                #expect(entry["members"]?.intValue == Int64(anime.members))
                #expect(entry["studios"]?.arrayValue?.compactMap(\.stringValue) == anime.studios)
                #expect(entry["openings"]?.arrayValue?.count == anime.openings.count)
                #expect((entry["synopsis"]?.stringValue != nil) == (anime.synopsis != nil))
            }
            let listed = catalogue.users.filter { !$0.isPrivate }
            let users = try await rig.users()
            for user in listed {
                let list = try #require(users["demo:\(user.name)"])
                let scores = Dictionary(
                    (list["list"]?.arrayValue ?? []).map {
                        ($0["entry_id"]?.stringValue ?? "", $0["score"]?.intValue ?? -1)
                    },
                    uniquingKeysWith: { $1 })
                #expect(scores.count == user.rows.count)
                for row in user.rows { #expect(scores["demo:\(row.animeID)"] == Int64(row.score)) }
            }
            #expect(users.count == listed.count)
        }
    }

    @Test("a second crawl of an unchanged site writes no change")
    func unchanged() async throws {
        try await CrawlRig.with(anime: 20, users: 6) { rig in
            try await rig.crawl()
            let newest = try await rig.database.changes.newest()
            #expect(newest > 20)
            let reset = try await rig.animematcher("frontier", "reset", "demo")
            #expect(reset.status == 0)
            let again = try await rig.crawl()
            #expect(again.number("counters.inserted") == 0)
            #expect(again.number("counters.updated") == 0)
            #expect(try await rig.database.changes.newest() == newest)
        }
    }

    @Test("robots.txt is asked for first, and what it forbids is never asked for")
    func robots() async throws {
        try await CrawlRig.with(anime: 20, users: 6) { rig in
            try await rig.crawl()
            let paths = rig.site.log.settledEntries().map(\.path)
            #expect(paths.first == "/robots.txt")
            let forbidden = DemoSiteOptions().disallowed
            #expect(!forbidden.isEmpty)
            #expect(paths.allSatisfy { path in !forbidden.contains { path.hasPrefix($0) } })
            #expect(rig.site.log.entries.allSatisfy { $0.userAgent.hasPrefix("AnimeMatcher/") })
        }
    }

    @Test("the access log never shows a shorter gap than the crawl delay, also across two runs")
    func politeness() async throws {
        try await CrawlRig.with(anime: 10, users: 4, crawlDelay: 0.25) { rig in
            try await rig.crawl(["--start", "\(rig.origin)/topanime.php", "--limit", "6"])
            try await rig.crawl(["--resume", "--limit", "4"])
            let entries = rig.site.log.settledEntries().sorted { $0.arrived < $1.arrived }
            #expect(entries.count >= 10)
            for (earlier, later) in zip(entries, entries.dropFirst()) {
                #expect(later.arrived - earlier.finished >= 250_000, "\(earlier.path) → \(later.path)")
            }
        }
    }

    @Test("of a page that another site's spider found first it is said whose it is, by crawls and by commands")
    func foreign() async throws {
        let demo = try String(
            contentsOf: Program.project.appendingPathComponent("Spiders/demo.yaml"), encoding: .utf8)
        let home = try ProgramHome(spider: demo.replacing("site: demo", with: "site: other"), site: "other")
        defer { home.remove() }
        try await CrawlRig.with(anime: 3, users: 1) { rig in
            let page = "\(rig.origin)/topanime.php"
            try await rig.crawl(["--start", page, "--limit", "1"])
            let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
            let crawl = try await program.run(["crawl", "other", "--json", "--start", page])
            let reason = crawl.object["reason"] as? String ?? ""
            #expect(crawl.status == 0 && reason.contains("1 of 1 start pages are not asked"), "\(reason)")
            #expect(reason.contains("'demo'") && !reason.contains("topanime"), "\(reason)")
            let added = try await program.run(["frontier", "add", "other", page])
            #expect(added.status == 1 && added.errors.contains("in the queue of the site 'demo'"), "\(added.errors)")
        }
    }

    @Test("a host that answers 429 is left alone for as long as it asks")
    func retryAfter() async throws {
        try await CrawlRig.with(anime: 10, users: 4, behaviour: "429 first=1 retry-after=1 path=/topanime.php") { rig in
            try await rig.crawl(["--start", "\(rig.origin)/topanime.php", "--limit", "4"])
            let entries = rig.site.log.settledEntries().sorted { $0.arrived < $1.arrived }
            let refused = try #require(entries.firstIndex { $0.status == 429 })
            #expect(entries[refused + 1].arrived - entries[refused].finished >= 1_000_000)
        }
    }

    @Test("pages that fail for a while are read in the end, and none is lost")
    func failures() async throws {
        let faults =
            "500 first=1 path=/anime/1/*; reset first=1 path=/anime/2/*; truncate first=1 path=/anime/3/*; empty first=1 path=/anime/4/*"
        try await CrawlRig.with(anime: 12, users: 4, behaviour: faults) { rig in
            try await rig.crawl()
            _ = try await rig.animematcher("frontier", "retry", "demo")
            try await rig.crawl(["--resume"])
            #expect(try await rig.entries().count == rig.site.catalogue?.anime.count)
        }
    }

    @Test("stored pages read again give the same items, and the site is asked nothing")
    func reparse() async throws {
        try await CrawlRig.with(anime: 12, users: 4) { rig in
            try await rig.crawl()
            let newest = try await rig.database.changes.newest()
            rig.site.log.clear()
            let result = try await rig.animematcher("reparse", "demo")
            #expect(result.status == 0, "\(result.errors)")
            #expect(rig.site.log.entries.isEmpty)
            #expect(try await rig.database.changes.newest() == newest)
        }
    }

    @Test("entries that belong together make one anime, in the original's shape")
    func combined() async throws {
        try await CrawlRig.with { rig in
            try await rig.crawl()
            let counts = try await rig.database.catalogue.counts()
            #expect(counts.anime < counts.entries)
            var members: [String] = []
            try await rig.database.catalogue.forEachAnime { anime in
                members += anime["entries"]?.arrayValue?.compactMap(\.stringValue) ?? []
                #expect(anime["themesongs"]?.arrayValue?.count == anime["entries"]?.arrayValue?.count)
                #expect(anime["description"]?.arrayValue?.allSatisfy { ($0.stringValue?.count ?? 0) >= 140 } == true)
            }
            #expect(members.count == counts.entries)
            #expect(Set(members).count == counts.entries)
        }
    }
}

extension CrawlRig {
    /// All entries by key.
    func entries() async throws -> [String: JSONObject] {
        var entries: [String: JSONObject] = [:]
        try await database.catalogue.forEachEntry { entries[$0["_id"]?.stringValue ?? ""] = $0 }
        return entries
    }

    /// All users by key.
    func users() async throws -> [String: JSONObject] {
        var users: [String: JSONObject] = [:]
        try await database.users.forEach { users[$0["_id"]?.stringValue ?? ""] = $0 }
        return users
    }
}
