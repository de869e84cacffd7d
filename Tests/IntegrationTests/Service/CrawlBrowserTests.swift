import CrawlDomain
import Foundation
import Storage
import TestSupport
import Testing

/// The crawl page in a real browser, while a crawl runs.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct CrawlBrowserTests {
    @Test(
        "Crawl: live while a crawl runs, quiet to who reads or types, with buttons for who signed in; also without script"
    )
    func crawl() async throws {
        try await ServeRig.with(anime: 40, users: 4) { rig in
            // Slow, so that it runs for longer than it is looked at.
            try await rig.rig.database.control.setDelay(.site("demo"), 1)
            _ = try await rig.rig.animematcher("frontier", "reset", "demo", "--whole")
            let crawl = try await RunningCrawl(rig.rig, ["--resume"])
            try await eventually("the crawl has begun") {
                try await rig.rig.database.runs.running(site: "demo").contains { $0.run.counters.pages > 0 }
            }
            // Leaves it stopped.
            try await BrowserTests.run("crawl.py", [rig.origin, rig.token])
            #expect(try await crawl.end()["state"] as? String == "stopped")
        }
    }
}
