import DemoSite
import Foundation
import MongoDriver
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct RobotsCacheTests {
    @Test("a robots.txt that is no longer fresh is asked for by what changed, and its rules hold on when it has not")
    func revalidated() async throws {
        // The demo site says "no-cache", which counts as ten minutes.
        var options = DemoSiteOptions()
        options.disallowed = ["/users.php"]
        let site = try DemoSiteServer(
            catalogue: DemoCatalogue(seed: 7, animeCount: 6, userCount: 0), options: options, port: 0)
        defer { site.stop() }
        try await TemporaryDatabase.with { temporary in
            let rig = CrawlRig(site: site, temporary: temporary)
            let ranking = ["--start", "\(rig.origin)/topanime.php", "--limit", "1"]
            try await rig.crawl(ranking)
            let first = try #require(try await rig.robots())
            #expect(first["etag"]?.stringValue?.isEmpty == false && first["lifetime"]?.intValue == 0)

            try await rig.ageRobots(by: 300)
            try await rig.crawl(ranking)
            #expect(rig.robotsStatuses == [200], "five minutes old, it is used")

            try await rig.ageRobots(by: 700)
            try await rig.crawl(ranking)
            #expect(rig.robotsStatuses == [200, 304])
            let confirmed = try #require(try await rig.robots())
            #expect(confirmed["body"] == first["body"] && confirmed["status"]?.intValue == 200)
            #expect((confirmed["fetched_at"]?.dateValue?.timeIntervalSinceNow ?? -700) > -300)

            rig.site.log.clear()
            let summary = try await rig.crawl(["--start", "\(rig.origin)/users.php?show=0"])
            #expect(summary.number("counters.disallowed") == 1)
            #expect(!rig.site.log.settledEntries().contains { ["/users.php?show=0", "/robots.txt"].contains($0.path) })
        }
    }
}

extension CrawlRig {
    private var hosts: MongoCollection { temporary.client.database(temporary.name).collection("hosts") }

    /// What is remembered of the site's robots.txt.
    fileprivate func robots() async throws -> BSONDocument? { try await hosts.findOne([:])?["robots"]?.documentValue }

    /// Makes it so many seconds old.
    fileprivate func ageRobots(by seconds: TimeInterval) async throws {
        _ = try await hosts.updateOne(
            [:], ["$set": ["robots.fetched_at": .date(Date().addingTimeInterval(-seconds))]])
    }

    /// How it was answered each time.
    fileprivate var robotsStatuses: [Int] {
        site.log.settledEntries().filter { $0.path == "/robots.txt" }.map(\.status)
    }
}
