import Testing

@testable import CrawlEngine

@Suite("The budget of revisits")
struct RevisitBudgetOfProfileTests {
    private func budget(spider politeness: String = "{delay: 2s}", site: String = "{}") throws -> RevisitBudget {
        let yaml = """
            site: test
            hosts: [127.0.0.1]
            politeness: \(politeness)
            start: ["http://127.0.0.1:81/top", "http://127.0.0.1:82/top"]
            pages:
              top: {url: /top, links: [.title]}
            """
        let configuration = try Configuration(name: "c.yaml", bytes: Array("sites: {test: \(site)}".utf8))
        return try CrawlProfile(
            spider: SpiderFixtures.extractor(yaml: yaml).spider, configuration: configuration, starts: [], run: "r",
            version: "1", userKey: nil
        ).revisitBudget
    }

    @Test("it is the smaller of what spider and operator allow a day")
    func daily() throws {
        #expect(try budget().dailyLimit == nil)
        #expect(try budget(spider: "{daily_budget: 900}").dailyLimit == 900)
        #expect(try budget(spider: "{daily_budget: 900}", site: "{daily_budget: 300}").dailyLimit == 300)
        #expect(try budget(spider: "{daily_budget: 300}", site: "{daily_budget: 900}").dailyLimit == 300)
    }

    @Test("what each host may be asked a day counts for all hosts of the start pages")
    func hosts() throws {
        #expect(try budget(site: "{host_daily_budget: 100}").dailyLimit == 200)
        #expect(try budget(site: "{host_daily_budget: 100, daily_budget: 150}").dailyLimit == 150)
    }

    @Test("its delay is the longest of the host's, the site's and the address's")
    func delay() throws {
        #expect(try budget().delay == .seconds(2))
        #expect(try budget(site: "{site_delay: 3s}").delay == .seconds(3))
        #expect(try budget(site: "{site_delay: 3s, address_delay: 4s}").delay == .seconds(4))
    }
}
