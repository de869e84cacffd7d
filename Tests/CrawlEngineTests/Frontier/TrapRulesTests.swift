import CrawlDomain
import Testing
import WebStandards

@testable import CrawlEngine

@Suite struct TrapRulesTests {
    private func refusal(
        of text: String, depth: Int = 1, limits: LinkLimits = LinkLimits(), kind: PageKind? = nil
    ) throws -> LinkRefusal? {
        let url = try #require(WebURL(text.hasPrefix("/") ? "https://anime.example\(text)" : text))
        return TrapRules(limits: limits).refusal(of: url, depth: depth, kind: kind, year: 2026)
    }

    @Test(
        "URLs that only traps make are refused with their reason",
        arguments: [
            ("/a/b/a/b/a/b", LinkRefusal.repeats), ("/x/y/y/y/z", .repeats), ("/a/1/a/2/a/3/a/4/a/5", .repeats),
            ("/p/q/r/p/q/r/p/q/r/index.html", .repeats),
            ("/calendar/2093/05", .years), ("/calendar/2093/5/17", .years), ("/2093-05-17", .years),
            ("/events?date=1570-01-01", .years), ("/events?year=2093&month=5", .years),
            ("/1492/10/12/landfall", .years),
            ("/list?page=1000001", .offset), ("/list?sort=a&offset=99999999999999999999", .offset),
            ("/tag/x/page/1000001", .offset),
            ("/(S(lit3py55t21z5v55vlm25s55))/orders.aspx", .sessionIDs),
            ("/?" + (0..<17).map { "p\($0)=1" }.joined(separator: "&"), .parameters),
            ("/" + (0..<25).map { "s\($0)" }.joined(separator: "/"), .pathSegments),
            ("/" + String(repeating: "a", count: 2_000), .urlLength),
        ])
    func refused(url: String, reason: LinkRefusal) throws {
        #expect(try refusal(of: url) == reason)
    }

    @Test(
        "URLs of real sites are followed",
        arguments: [
            "/", "/anime/5114/Fullmetal_Alchemist__Brotherhood", "/anime/5114/Fullmetal/reviews?p=2",
            "/topanime.php?type=tv&limit=29950", "/users.php?show=900000", "/anime/season/1917/winter",
            "/anime/season/2027/spring", "/news/2026/11/25", "/schedule?date=2027-01-01", "/archive?year=1963&month=1",
            "/animelist/aa/aa", "/search?q=a&q=a&q=a", "/12/12", "/anime/41457/86", "/watch?v=2093",
            "/anime.php?letter=A&show=50&year=0",
        ])
    func followed(url: String) throws {
        #expect(try refusal(of: url) == nil)
    }

    @Test("a number that the page kind reads as an id is no year")
    func ids() throws {
        let spider = try SpiderFixtures.extractor(
            yaml: """
                site: test
                hosts: [anime.example]
                pages:
                  anime: {url: "/anime/{id:int}/{slug?}"}
                  month: {url: "/calendar/{year:int}/{month:int}"}
                  profile: {url: "/profile/{name}"}
                """
        ).spider
        #expect(try refusal(of: "/anime/9093/07", kind: spider.page(named: "anime")) == nil)
        #expect(try refusal(of: "/profile/2093-05", kind: spider.page(named: "profile")) == nil)
        #expect(try refusal(of: "/anime/9093/07") == .years)
        #expect(try refusal(of: "/calendar/9093/07", kind: spider.page(named: "month")) == .years)
    }

    @Test("a link deeper than allowed is refused, one as deep as allowed is not")
    func depth() throws {
        #expect(try refusal(of: "/a", depth: 64) == nil)
        #expect(try refusal(of: "/a", depth: 65) == .depth)
    }

    @Test("limits move the bounds")
    func limits() throws {
        var limits = LinkLimits()
        (limits.repeats, limits.yearsAhead, limits.offset, limits.stripsSessionIDs) = (5, 100, 10, false)
        #expect(try refusal(of: "/a/b/a/b/a/b", limits: limits) == nil)
        #expect(try refusal(of: "/calendar/2093/05", limits: limits) == nil)
        #expect(try refusal(of: "/list?page=11", limits: limits) == .offset)
        #expect(try refusal(of: "/(S(lit3py55t21z5v55vlm25s55))/x", limits: limits) == nil)
    }

    @Test("no path, query or escape is too strange to be judged")
    func hostile() throws {
        for text in ["/?&&&===", "/%", "//////", "/;;;;?;", "/?page=", "/?=5&page", "/----/--", "/0000-00-00"] {
            _ = try refusal(of: text)
        }
    }
}
