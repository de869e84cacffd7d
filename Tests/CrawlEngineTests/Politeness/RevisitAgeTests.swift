import CrawlEngine
import Testing

@Suite struct RevisitAgeTests {
    @Test("the longer of what the spider and the server say counts, the server's word up to a day")
    func longest() {
        #expect(RevisitAge.longest(spider: .seconds(3_600), statedFreshness: nil) == .seconds(3_600))
        #expect(RevisitAge.longest(spider: .seconds(3_600), statedFreshness: 60) == .seconds(3_600))
        #expect(RevisitAge.longest(spider: .seconds(3_600), statedFreshness: 7_200) == .seconds(7_200))
        #expect(RevisitAge.longest(spider: .seconds(3_600), statedFreshness: 31_536_000) == .seconds(86_400))
        #expect(RevisitAge.longest(spider: .seconds(604_800), statedFreshness: 31_536_000) == .seconds(604_800))
    }

    @Test("a page that the spider asks for once is asked for once")
    func never() {
        #expect(RevisitAge.longest(spider: nil, statedFreshness: 60) == nil)
    }
}
