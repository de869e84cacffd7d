import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct CrawlLimitsTests {
    @Test(
        "the longer hosts are left alone, the more of them are worked on at once",
        arguments: [(0, 16), (250, 66), (1_000, 216), (1_500, 256), (86_400_000, 256)])
    func hosts(milliseconds: Int, expected: Int) {
        #expect(CrawlLimits().concurrentHosts(delay: .milliseconds(milliseconds)) == expected)
        #expect(CrawlLimits(concurrentHosts: 3).concurrentHosts(delay: .milliseconds(milliseconds)) == 3)
    }

    @Test("what is not committed yet stays below 32 MiB however many workers there are", arguments: [1, 4, 16, 256])
    func bytes(workers: Int) {
        let each = CrawlLimits().commitBytes(workers: workers)
        #expect(each * workers <= 32 << 20)
        #expect((1...(8 << 20)).contains(each))
    }

    @Test("few workers commit each page while its host rests; many leave room for each other's transactions")
    func ripeness() throws {
        let (limits, now) = (CrawlLimits(), ContinuousClock.now)
        var batch = VisitBatch()
        #expect(!batch.isRipe(now: now + .seconds(9), limits: limits, workers: 1))
        let url = try #require(WebURL("http://127.0.0.1/1"))
        let entry = FrontierURL(
            url: url, fingerprint: CanonicalURL(url).fingerprint, site: "s", page: "p", priority: 0, depth: 0, via: nil)
        let leased = LeasedURL(entry: entry, attempts: 0, contentHash: nil)
        batch.append(VisitOutcome(visited: leased, disposition: .dead(reason: "test"), status: 404), now: now)
        #expect(batch.isRipe(now: now, limits: limits, workers: 32))
        #expect(!batch.isRipe(now: now + .seconds(2), limits: limits, workers: 256))
        #expect(batch.isRipe(now: now + .seconds(3), limits: limits, workers: 256))
    }
}
