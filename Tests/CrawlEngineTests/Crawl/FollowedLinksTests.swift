import CrawlDomain
import Foundation
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct FollowedLinksTests {
    private func link(_ number: Int, page: String = "anime") throws -> DiscoveredLink {
        DiscoveredLink(url: try #require(WebURL("https://anime.example/\(number)")), page: page, priority: 0)
    }

    @Test("a link is found again by all of it")
    func found() throws {
        let links = FollowedLinks()
        links.remember([(try link(1), URLFingerprint(of: "1"))])
        let asked = [try link(2), try link(1), try link(1, page: "manga")]
        #expect(links.fingerprints(of: asked) == [nil, URLFingerprint(of: "1"), nil])
    }

    @Test("a long URL, and a link that says something of its page, are not remembered")
    func notRemembered() throws {
        let links = FollowedLinks()
        let slug = String(repeating: "a", count: 1_000)
        let long = DiscoveredLink(
            url: try #require(WebURL("https://anime.example/1/\(slug)")), page: "anime", priority: 0)
        let changed = DiscoveredLink(
            url: try #require(WebURL("https://anime.example/1")), page: "anime", priority: 0,
            signal: .modified(.distantPast, isDay: true))
        links.remember([(long, URLFingerprint(of: "1")), (changed, URLFingerprint(of: "2"))])
        #expect(links.fingerprints(of: [long, changed]) == [nil, nil])
    }

    @Test("what is remembered never passes the limit; what comes last stays")
    func bounded() throws {
        let links = FollowedLinks(limit: 3)
        for number in 1...10 { links.remember([(try link(number), URLFingerprint(of: "\(number)"))]) }
        let kept = links.fingerprints(of: try (1...10).map { try link($0) })
        #expect(kept.count { $0 != nil } <= 3)
        #expect(kept.last == URLFingerprint(of: "10"))
        links.remember(try (11...20).map { (try link($0), URLFingerprint(of: "\($0)")) })
        #expect(links.fingerprints(of: [try link(11)]) == [nil])
    }
}
