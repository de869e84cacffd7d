import Testing
import WebStandards

@Suite("RobotsFile")
struct RobotsFileTests {
    private func allows(_ robots: String, _ target: String, agent: String = "AnimeMatcher") -> Bool {
        RobotsFile(robots).rules(forAgent: agent).isAllowed(target: target)
    }

    @Test("the longest rule wins, and of equal ones the allowing")
    func precedence() {
        let robots = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nAllow: /same\nDisallow: /same"
        #expect(!allows(robots, "/a/x"))
        #expect(allows(robots, "/a/b/x"))
        #expect(!allows(robots, "/a/b/c"))
        #expect(allows(robots, "/same"))
        #expect(allows(robots, "/"))
    }

    @Test("groups naming the crawler are merged and hide those for everybody")
    func groups() {
        let robots = """
            User-agent: *
            Disallow: /
            User-agent: other
            User-agent: animematcher/1.0
            Disallow: /x
            Sitemap: /s.xml
            User-agent: ANIMEMATCHER
            Disallow: /y
            """
        #expect(allows(robots, "/z"))
        #expect(!allows(robots, "/x"))
        #expect(!allows(robots, "/y"))
        #expect(allows(robots, "/y", agent: "other"))
        #expect(!allows(robots, "/z", agent: "third"))
        #expect(RobotsFile(robots).rules(forAgent: "AnimeMatcher/2.0 (+mailto:x)").matchedGroup == .named)
        #expect(RobotsFile("").rules(forAgent: "x").matchedGroup == .none)
    }

    @Test("stars and the final dollar are wildcards, escaped ones are not")
    func wildcards() {
        #expect(!allows("User-agent: *\nDisallow: /*.php$", "/a/b.php"))
        #expect(allows("User-agent: *\nDisallow: /*.php$", "/a/b.php?x"))
        #expect(!allows("User-agent: *\nDisallow: /a*b*c", "/axxbyyc/z"))
        #expect(allows("User-agent: *\nDisallow: /a*b*c", "/axxcyyb"))
        #expect(!allows("User-agent: *\nDisallow: /x-%2A", "/x-*"))
        #expect(allows("User-agent: *\nDisallow: /x-%2A", "/x-y"))
        #expect(!allows("User-agent: *\nDisallow: /p%24", "/p$q"))
        #expect(!allows("User-agent: *\nDisallow: /a*a$", "/aa"))
        #expect(allows("User-agent: *\nDisallow: /a*a$", "/a"))
    }

    @Test("escapes are compared in normal form")
    func escapes() throws {
        #expect(!allows("User-agent: *\nDisallow: /foo/%62%61%7A", "/foo/baz"))
        #expect(!allows("User-agent: *\nDisallow: /ツ", "/%e3%83%84"))
        #expect(!allows("User-agent: *\nDisallow: /a%2fb", "/a%2Fb"))
        #expect(allows("User-agent: *\nDisallow: /a%2fb", "/a/b"))
        let url = try #require(WebURL("https://x.org/ツ?<"))
        #expect(!RobotsFile("User-agent: *\nDisallow: /ツ?<").rules(forAgent: "a").isAllowed(url))
    }

    @Test("robots.txt itself is always allowed")
    func itself() {
        #expect(allows("User-agent: *\nDisallow: /", "/robots.txt"))
    }

    @Test("delays are clamped and nonsense is ignored")
    func delays() {
        func delay(_ text: String) -> Duration? {
            RobotsFile("User-agent: *\nCrawl-delay: \(text)\nDisallow:").rules(forAgent: "x").crawlDelay
        }
        #expect(delay("10") == .seconds(10))
        #expect(delay("0.5") == .milliseconds(500))
        #expect(delay("9999999") == RobotsRules.maximumDelay)
        #expect(delay(String(repeating: "9", count: 400)) == RobotsRules.maximumDelay)
        for nonsense in ["-1", "NaN", "1,5", "１", "1e308", "", "inf", ".", "1.2.3"] { #expect(delay(nonsense) == nil) }
    }

    @Test("neighbouring groups do not share their delays")
    func delayGroups() {
        let robots = "User-agent: a\nCrawl-delay: 1\n\nUser-agent: b\nCrawl-delay: 2\n\nUser-agent: *\nDisallow: /x"
        #expect(RobotsFile(robots).rules(forAgent: "a").crawlDelay == .seconds(1))
        #expect(RobotsFile(robots).rules(forAgent: "b").crawlDelay == .seconds(2))
        #expect(RobotsFile(robots).rules(forAgent: "c").crawlDelay == nil)
    }

    @Test("request rates and visit times are read")
    func rates() throws {
        let rules = RobotsFile("User-agent: *\nRequest-rate: 2/1m 1820-1940\nVisit-time: 2200-0630").rules(
            forAgent: "x")
        #expect(rules.requestRates.first?.delay == .seconds(30))
        #expect(rules.requestRates.first?.hours?.startMinute == 18 * 60 + 20)
        let hours = try #require(rules.visitTimes.first)
        #expect(hours.contains(epochSeconds: 23 * 3600))
        #expect(hours.contains(epochSeconds: 6 * 3600))
        #expect(!hours.contains(epochSeconds: 12 * 3600))
    }

    @Test("a rate counts in its hours, the longest gap of those that do")
    func ratesByHour() {
        let rules = RobotsFile(
            "User-agent: *\nCrawl-delay: 2\nRequest-rate: 1/10s 0800-1200\nRequest-rate: 1/1m 1100-1130"
        )
        .rules(forAgent: "x")
        #expect(rules.delay(at: 3 * 3600) == .seconds(2))
        #expect(rules.delay(at: 9 * 3600) == .seconds(10))
        #expect(rules.delay(at: 11 * 3600 + 60) == .seconds(60))
        #expect(RobotsFile("").rules(forAgent: "x").delay(at: 0) == nil)
    }

    @Test("a site is closed until the nearest of its hours")
    func hours() {
        let rules = RobotsFile("User-agent: *\nVisit-time: 0600-0845\nVisit-time: 2200-0130").rules(forAgent: "x")
        #expect(rules.secondsUntilOpening(at: 7 * 3600) == 0)
        #expect(rules.secondsUntilOpening(at: 8 * 3600 + 45 * 60 + 59) == 0)
        #expect(rules.secondsUntilOpening(at: 8 * 3600 + 46 * 60) == 13 * 3600 + 14 * 60)
        #expect(rules.secondsUntilOpening(at: 3600) == 0)
        #expect(rules.secondsUntilOpening(at: 86400 * 20_000 + 3 * 3600) == 3 * 3600)
        for nonsense in ["", "0600", "2500-2600", "06-08", "0600-0845-0900", "٠٦٠٠-٠٨٤٥"] {
            let rules = RobotsFile("User-agent: *\nVisit-time: \(nonsense)").rules(forAgent: "x")
            #expect(rules.secondsUntilOpening(at: 0) == 0, "\(nonsense)")
        }
    }

    @Test("names with digits are told apart, though no product token has any")
    func digits() {
        let robots = "User-agent: bot1\nDisallow: /a\nUser-agent: bot2\nDisallow: /b"
        #expect(allows(robots, "/b", agent: "bot1"))
        #expect(!allows(robots, "/b", agent: "bot2/1.0"))
        #expect(!allows("User-agent: AnimeMatcher2\nDisallow: /", "/x"))
    }

    @Test("sitemaps are listed once, whatever group they stand in")
    func sitemaps() throws {
        let file = RobotsFile(
            "\u{FEFF}Sitemap: /a.xml\nUser-agent: x\nsite-map: http://b/\nSitemap: /a.xml\nSitemap: file:///etc")
        #expect(file.sitemaps == ["/a.xml", "http://b/", "file:///etc"])
        let base = try #require(WebURL("https://h/robots.txt"))
        #expect(file.sitemaps(relativeTo: base).map(\.href) == ["https://h/a.xml", "http://b/"])
    }

    @Test("a huge file is read up to its limit, without the line that was cut")
    func hugeFile() {
        let filler = String(repeating: "# filler\n", count: RobotsFile.maximumBytes / 9)
        let robots = "User-agent: *\nDisallow: /early\n" + filler + "Disallow: /late\n"
        #expect(!allows(robots, "/early"))
        #expect(allows(robots, "/late"))
    }

    @Test("UTF-16 and pages of HTML do no harm")
    func strangeFiles() {
        let utf16 = "User-agent: *\nDisallow: /x".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        #expect(!RobotsFile([0xFF, 0xFE] + utf16).rules(forAgent: "a").isAllowed(target: "/x"))
        #expect(allows("<html><body>Disallow: /</body></html>", "/"))
        #expect(allows("\0\0\0", "/"))
    }

    @Test("rules made to be slow are not")
    func slowRules() {
        let rule = "Disallow: /" + String(repeating: "*a", count: 200) + "*b\n"
        let robots = "User-agent: *\n" + String(repeating: rule, count: 1000)
        #expect(allows(robots, "/" + String(repeating: "a", count: 2000)))
    }

    @Test("the status of the answer decides about the site")
    func statuses() {
        #expect(RobotsAccess.forStatus(200) == .rules)
        for status in [400, 401, 403, 404, 410] { #expect(RobotsAccess.forStatus(status) == .allowAll) }
        for status in [429, 500, 503, 599, 301, nil] { #expect(RobotsAccess.forStatus(status) == .denyAll) }
    }
}
