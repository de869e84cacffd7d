import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct FoundWorkTests {
    @Test("URLs that are stored for another host wake the crawl up", .timeLimit(.minutes(1)))
    func otherHost() async throws {
        let monitor = CrawlMonitor(maximumPages: nil)
        monitor.note(stored: [try visit(of: "http://a.test/1", finding: "http://b.test/2")], CommitSummary())
        var events = monitor.found.makeAsyncIterator()
        #expect(await events.next() != nil)
    }

    @Test("a page leads elsewhere by links to another host, not by those within its own")
    func leadsElsewhere() throws {
        #expect(try visit(of: "http://a.test/1", finding: "http://b.test/2").leadsElsewhere)
        #expect(try visit(of: "http://a.test/1", finding: "http://a.test:8080/1").leadsElsewhere)
        #expect(try !visit(of: "http://a.test/1", finding: "http://a.test/2").leadsElsewhere)
        #expect(try !visit(of: "http://a.test/1", finding: nil).leadsElsewhere)
    }

    private func visit(of page: String, finding link: String?) throws -> VisitOutcome {
        let leased = LeasedURL(entry: try entry(page), attempts: 0, contentHash: nil)
        return VisitOutcome(
            visited: leased, disposition: .done(revisit: nil), status: 200,
            discovered: try link.map { [try entry($0)] } ?? []
        )
    }

    private func entry(_ text: String) throws -> FrontierURL {
        let url = try #require(WebURL(text))
        return FrontierURL(
            url: url, fingerprint: CanonicalURL(url).fingerprint, site: "s", page: "p", priority: 0, depth: 0, via: nil)
    }
}
