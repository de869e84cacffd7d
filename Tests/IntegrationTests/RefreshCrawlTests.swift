import DemoSite
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct RefreshCrawlTests {
    @Test("a page that only sends its readers on is followed to a page of the site, and to no other host")
    func followed() async throws {
        let anime = DemoCatalogue(seed: 7, animeCount: 6, userCount: 0).anime
        let rules = [
            BehaviourRule(.refresh(anime[1].path), path: "/anime/\(anime[0].id)/*"),
            BehaviourRule(.refresh("http://other.test\(anime[3].path)"), path: "/anime/\(anime[2].id)/*"),
        ]
        try await CrawlRig.with(anime: 6, users: 0) { rig in
            rig.site.setBehaviour(Behaviour(rules: rules))
            let starts = [anime[0], anime[2]].flatMap { ["--start", "\(rig.origin)\($0.path)"] }
            let summary = try await rig.crawl(starts + ["--limit", "3"])
            let paths = rig.site.log.settledEntries().map(\.path)
            #expect(paths.contains(anime[1].path), "\(paths)")
            #expect(!paths.contains(anime[3].path), "\(paths)")
            #expect(summary.number("drops.wrong_page") == 1, "\(summary)")
            let entries = try await rig.entries()
            #expect(entries["demo:\(anime[1].id)"] != nil && entries["demo:\(anime[0].id)"] == nil)
        }
    }

    @Test("pages that send their readers round in a circle are asked for once each")
    func circle() async throws {
        let anime = DemoCatalogue(seed: 7, animeCount: 6, userCount: 0).anime
        try await CrawlRig.with(anime: 6, users: 0) { rig in
            rig.site.setBehaviour(
                Behaviour(rules: [
                    BehaviourRule(.refresh(anime[1].path), path: "/anime/\(anime[0].id)/*"),
                    BehaviourRule(.refresh(anime[0].path), path: "/anime/\(anime[1].id)/*"),
                ]))
            try await rig.crawl(["--start", "\(rig.origin)\(anime[0].path)"])
            let paths = rig.site.log.settledEntries().map(\.path).filter { $0 != "/robots.txt" }
            #expect(paths == [anime[0].path, anime[1].path])
        }
    }
}
