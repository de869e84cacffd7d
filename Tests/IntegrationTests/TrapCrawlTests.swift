import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct TrapCrawlTests {
    /// Follows every link of the traps, as a spider for a site of unknown paths would.
    private static let spider = """
        extends: demo
        site: trapped
        name: A site with traps
        hosts: [127.0.0.1]
        limits: {years_ahead: 1, years_back: 1, offset: 1000, urls_per_path: 30}
        pages:
          trap: {url: ["/trap/", "/trap/{rest...}"], links: ["ul.traps a"]}
        """

    @Test("a crawl of a site with pages without end comes to its end, has the catalogue and counts what it left out")
    func ends() async throws {
        let home = try ProgramHome(spider: Self.spider, site: "trapped")
        defer { home.remove() }
        try await TemporaryDatabase.with { temporary in
            var options = DemoSiteOptions()
            options.hasTraps = true
            let site = try DemoSiteServer(
                catalogue: DemoCatalogue(seed: 7, animeCount: 10, userCount: 2), options: options, port: 0)
            defer { site.stop() }
            let rig = CrawlRig(site: site, temporary: temporary)
            let program = Program("animematcher", environment: rig.environment.merging(home.environment) { $1 })
            let result = try await program.run(
                ["crawl", "trapped", "--json", "--start", "\(rig.origin)/trap/", "--max-time", "5m"] + rig.starts)
            #expect(result.status == 0, "\(result.errors)")
            let reason = result.object["reason"] as? String ?? ""
            #expect(reason.hasPrefix("nothing"), "\(reason)")
            #expect(try await rig.entries().count == site.catalogue?.anime.count)
            let refused = try #require(result.object["refused"] as? [String: Int])
            #expect(Set(refused.keys).isSuperset(of: ["years", "repeats", "offset", "urls_per_path"]), "\(refused)")
            let paths = site.log.settledEntries().map(\.path).filter { $0.hasPrefix("/trap/") }
            // Session ids are taken out, so these are two pages however often they are linked.
            #expect(Set(paths.filter { $0.hasPrefix("/trap/session") }) == ["/trap/session"])
            // A budget is passed by one batch of the worker at most.
            #expect(paths.count { $0.hasPrefix("/trap/filter") } <= 30 + 150)
            #expect(Set(paths).count == paths.count)
        }
    }
}
