import DemoSite
import TestSupport
import Testing

/// Days of crawling in small: the same work over and over must not take more and more memory.
struct SoakTests {
    @Test(
        "thousands of pages, good and bad, fetched and read by one process leave it as large as after the first quarter"
    )
    func memory() async throws {
        let faults = "reset share=4; truncate share=4; 503 share=4; wrong-length share=4; binary share=4; empty share=4"
        let site = try DemoSiteServer(
            catalogue: DemoCatalogue(seed: 7, animeCount: 60, userCount: 20),
            behaviour: Behaviour(parsing: faults), port: 0)
        defer { site.stop() }
        let catalogue = try #require(site.catalogue)
        let paths = catalogue.anime.map(\.path) + (0..<40).map { "/topanime.php?limit=\($0)" }
        let rounds = 20
        let result = try await Program("fetch-probe").run(
            ["rounds=\(rounds)", "spider=demo", "transfers=8"] + paths.map { "http://127.0.0.1:\(site.port)\($0)" })
        func number(_ name: String) -> Int {
            result.lines.first { $0.hasPrefix("\(name) ") }?.split(separator: " ").last.flatMap { Int($0) } ?? -1
        }
        #expect(result.status == 0, "\(result.errors)")
        #expect(number("items") >= rounds * catalogue.anime.count / 2, "\(result.output)")
        let (before, after) = (number("resident-after-warm-up"), number("resident-at-end"))
        // 1,500 more pages of some 17 KB: a leak of a sixth of what is read would show.
        #expect(before > 0 && after - before < 4_096, "\(before) KiB, then \(after) KiB")
    }
}
