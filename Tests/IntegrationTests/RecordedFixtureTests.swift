import DemoSite
import Foundation
import TestSupport
import Testing

/// Fixtures of pages that were crawled.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct RecordedFixtureTests {
    @Test(
        "stored and fetched pages of the demo site become fixtures that the spider reads, and none of its users' names is left"
    )
    func record() async throws {
        try await CrawlRig.with(anime: 20, users: 6) { rig in
            try await rig.crawl()
            let home = try ProgramHome(
                spider:
                    "site: other\nhosts: [a.example]\nterms: {url: \"https://a.example/t\"}\npages: {x: {url: /x, links: [a]}}\n",
                site: "other")
            defer { home.remove() }
            let environment = rig.environment.merging(home.environment) { $1 }
            let program = Program("animematcher", environment: environment)
            let catalogue = try #require(rig.site.catalogue)
            let user = try #require(catalogue.users.first { !$0.isPrivate })
            let anime = try #require(catalogue.anime.first)
            for address in ["/animelist/\(user.name)?status=7", "/profile/\(user.name)"] {
                let stored = try await program.run(["spider", "record", "--from-database", rig.origin + address])
                #expect(stored.status == 0, "\(stored.errors)")
            }
            let fetched = try await program.run([
                "spider", "record", "\(rig.origin)/anime/\(anime.id)/_/reviews?p=1", "--scramble-texts",
            ])
            #expect(fetched.status == 0, "\(fetched.errors)")
            let check = try await program.run(["spider", "check", "demo"])
            #expect(
                check.status == 0 && check.output.contains("3 pages, all as expected"), "\(check.output)\(check.errors)"
            )
            let folder = home.spider("x").deletingLastPathComponent().appendingPathComponent("fixtures/demo")
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                let text = try String(contentsOf: file, encoding: .utf8).lowercased()
                for user in catalogue.users {
                    let name = user.name.lowercased()
                    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
                    #expect(!words.contains(Substring(name)), "\(user.name) in \(file.lastPathComponent)")
                }
            }
            let missing = try await program.run(["spider", "record", "--from-database", "\(rig.origin)/anime/999999"])
            #expect(missing.status == 1 && missing.errors.contains("no such page is stored"), "\(missing.errors)")
        }
    }
}
