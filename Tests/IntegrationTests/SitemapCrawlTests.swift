import DemoSite
import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct SitemapCrawlTests {
    /// A home with a spider that reads the demo site's sitemaps and nothing else of its own accord.
    private func withHome<Value>(_ body: (ProgramHome) async throws -> Value) async throws -> Value {
        let home = try ProgramHome(
            spider: "extends: demo\nsite: mapped\nsitemaps: {pages: [anime], priority: 2}\n", site: "mapped")
        defer { home.remove() }
        return try await body(home)
    }

    private func crawl(_ rig: CrawlRig, home: ProgramHome, _ arguments: String...) async throws -> Program.Result {
        let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
        return try await program.run(["crawl", "mapped", "--json"] + arguments)
    }

    @Test("a crawl that starts from robots.txt alone finds the sitemap there, and by it every anime page")
    func fromRobots() async throws {
        try await CrawlRig.with(anime: 15, users: 0) { rig in
            try await withHome { home in
                let result = try await crawl(rig, home: home, "--start", "\(rig.origin)/robots.txt")
                #expect(result.status == 0, "\(result.errors)")
                let paths = rig.site.log.settledEntries().map(\.path)
                #expect(
                    paths.filter { $0 == "/robots.txt" }.count == 1,
                    "robots.txt is known by the time it is read for sitemaps")
                #expect(paths.filter { $0 == "/sitemap.xml" }.count == 1)
                let catalogue = try #require(rig.site.catalogue)
                for anime in catalogue.anime { #expect(paths.contains(anime.path), "\(anime.path)") }
                #expect(try await rig.entries().count == catalogue.anime.count)
                #expect(!paths.contains { $0.hasPrefix("/topanime.php") }, "only the wanted page kinds are followed")
            }
        }
    }

    @Test("a sitemap is asked for again by its own revisit age only")
    func revisit() async throws {
        try await CrawlRig.with(anime: 3, users: 0) { rig in
            try await withHome { home in
                _ = try await crawl(rig, home: home, "--start", "\(rig.origin)/sitemap.xml")
                let again = try await crawl(rig, home: home, "--resume")
                #expect(again.status == 0, "\(again.errors)")
                let paths = rig.site.log.settledEntries().map(\.path)
                #expect(paths.filter { $0 == "/sitemap.xml" }.count == 1)
                #expect(try await rig.entries().count == 3)
            }
        }
    }
}
