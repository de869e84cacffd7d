import CrawlDomain
import Testing

@Suite struct CrawlEfficiencyTests {
    @Test("the bound is that of the slowest host: its gaps, and its answers")
    func bound() throws {
        let efficiency = CrawlEfficiency(
            paces: [
                HostPace(host: "a", requests: 101, answerSeconds: 5, promiseSeconds: 1),
                HostPace(host: "b", requests: 11, answerSeconds: 1, promiseSeconds: 4),
            ], seconds: 210)
        #expect(efficiency.boundSeconds == 105)
        #expect(efficiency.reached == 0.5)
    }

    @Test("one request needs no gap, and a run without requests has no bound")
    func few() {
        let one = CrawlEfficiency(paces: [HostPace(host: "a", requests: 1, promiseSeconds: 10)], seconds: 1)
        #expect(one.boundSeconds == 0)
        #expect(CrawlEfficiency(paces: [], seconds: 0).reached == nil)
        let free = CrawlEfficiency(
            paces: [HostPace(host: "a", requests: 9, answerSeconds: 3)], seconds: 6)
        #expect(free.reached == nil, "without a promised delay nothing bounds a crawl")
    }
}
