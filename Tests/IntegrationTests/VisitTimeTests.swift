import DemoSite
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct VisitTimeTests {
    /// The hours from so many hours after now to one hour later, as robots.txt writes them.
    private func hours(after hours: Int) -> String {
        let hour = (Int(Date().timeIntervalSince1970) / 3600 + hours) % 24
        return [hour, (hour + 2) % 24].map { ($0 < 10 ? "0" : "") + "\($0)00" }.joined(separator: "-")
    }

    private func crawl(visitTime: String) async throws -> (paths: [String], summary: Program.Result) {
        try await TemporaryDatabase.with { temporary in
            var options = DemoSiteOptions()
            options.visitTime = visitTime
            let site = try DemoSiteServer(
                catalogue: DemoCatalogue(seed: 7, animeCount: 3, userCount: 0), options: options, port: 0)
            defer { site.stop() }
            let rig = CrawlRig(site: site, temporary: temporary)
            let result = try await rig.animematcher(
                "crawl", "demo", "--json", "--limit", "3", "--start", "\(rig.origin)/topanime.php")
            return (site.log.settledEntries().map(\.path), result)
        }
    }

    @Test("outside its hours a site is asked for its robots.txt and nothing else, and the run says until when")
    func closed() async throws {
        let (paths, result) = try await crawl(visitTime: hours(after: 3))
        #expect(paths == ["/robots.txt"])
        let reason = result.object["reason"] as? String ?? ""
        #expect(reason.contains("nothing is due before"), "\(result.output)\(result.errors)")
        #expect(reason.contains("its robots.txt wants visits at"))
    }

    @Test("within its hours it is crawled")
    func open() async throws {
        let (paths, result) = try await crawl(visitTime: hours(after: -1))
        #expect(result.status == 0, "\(result.errors)")
        #expect(paths.contains("/topanime.php"))
    }
}
