import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct CookieCrawlTests {
    /// What the ranking page sets, of which the first and the last are for the site to set.
    private static let cookies = [
        "visit=1; Path=/", "everybody=2; Domain=co.uk", "stranger=3; Domain=other.test", "late=4; Max-Age=0",
        "site=5; Domain=demo.co.uk; HttpOnly",
    ]

    /// Crawls a site whose anime pages want exactly the cookies that its ranking page may set; the statuses of its anime pages.
    private func crawl(usesCookies: Bool) async throws -> (statuses: [Int], entries: Int, expected: Int) {
        try await TemporaryDatabase.with { temporary in
            let site = try DemoSiteServer(
                catalogue: DemoCatalogue(seed: 7, animeCount: 8, userCount: 0),
                behaviour: Behaviour(rules: [
                    BehaviourRule(.header(Self.cookies.map { "Set-Cookie: \($0)" }), path: "/topanime.php*"),
                    BehaviourRule(.demandCookie("visit=1; site=5"), path: "/anime/*"),
                ]), port: 0)
            defer { site.stop() }
            let rig = CrawlRig(site: site, temporary: temporary)
            let home = try ProgramHome(
                spider: """
                    extends: demo
                    site: cookied
                    hosts: [www.demo.co.uk]
                    cookies: \(usesCookies)
                    start: [{url: "http://www.demo.co.uk/topanime.php", page: ranking}]

                    """,
                site: "cookied",
                configuration: """
                    sites:
                      cookied:
                        delay: 0s
                        user_names: plain
                        connect_to: {"http://www.demo.co.uk": "http://127.0.0.1:\(site.port)"}
                    """)
            defer { home.remove() }
            let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
            let result = try await program.run(["crawl", "cookied", "--json"])
            #expect(result.status == 0 || !usesCookies, "\(result.errors)")
            let pages = site.log.settledEntries().filter { $0.path.hasPrefix("/anime/") }
            return (pages.map(\.status), try await rig.entries().count, try #require(site.catalogue).anime.count)
        }
    }

    @Test("a spider with cookies sends those that the site may set, and no others, on the pages that want them")
    func withCookies() async throws {
        let (statuses, entries, expected) = try await crawl(usesCookies: true)
        #expect(statuses.count >= expected && statuses.allSatisfy { $0 == 200 }, "\(statuses)")
        #expect(entries == expected)
    }

    @Test("a spider without cookies sends none")
    func withoutCookies() async throws {
        let (statuses, entries, _) = try await crawl(usesCookies: false)
        #expect(!statuses.isEmpty && statuses.allSatisfy { $0 == 403 }, "\(statuses)")
        #expect(entries == 0)
    }
}
