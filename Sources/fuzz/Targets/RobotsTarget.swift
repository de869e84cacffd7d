import WebStandards

/// Reading a robots.txt and asking it; the first line is the path that is asked for.
struct RobotsTarget: FuzzTarget {
    static let name = "robots"
    let seeds = [
        "/a/b?c\nUser-agent: *\nDisallow: /a*b$\nCrawl-delay: 1.5\nRequest-rate: 1/5m 0600-0800\nVisit-time: 2300-0100",
        "/x\n\u{FEFF}user agent: animematcher\nallow: /x\n\nsitemap: /map.xml\nuser-agent: *\ndisallow:",
        "/ü\nUser-agent: a\nUser-agent: b\nDisallow: /%C3%BC\nDissallow: /q\nAllow: /*?*\n# comment\nClean-param: a /b",
    ]
    let dictionary = [
        "User-agent:", "User-agent: *\n", "User-agent: AnimeMatcher\n", "Allow: ", "Disallow: ", "Sitemap: ",
        "Crawl-delay: ",
        "Request-rate: ", "Visit-time: ", "\r\n", "\r", "\n", "#", "*", "$", "%2f", "%", "/", "*a*", "\u{FEFF}",
        "\u{0}",
        "9999999999999999999", "-1", "1e9", "nan", "0.0000001", ":", " ", "\t", "1/0s", "0600-2500",
    ]
    let fileNames = ["robots.txt"]
    let members: Set<String> = ["robots_txt", "robots"]
    let maximumLength = 4_096

    func check(_ input: [UInt8]) throws {
        let end = input.firstIndex(of: UInt8(ascii: "\n")) ?? input.endIndex
        let path = "/" + String(decoding: input[..<end], as: UTF8.self)
        let bytes = Array(input[end...])
        for dialect in [RobotsFile.Dialect.rfc9309, .google] {
            let file = RobotsFile(bytes, dialect: dialect)
            for agent in ["AnimeMatcher", "*", ""] {
                let rules = file.rules(forAgent: agent)
                try require(
                    rules.isAllowed(target: path) == rules.isAllowed(target: path), "two answers to one question")
                if dialect == .rfc9309 {
                    try require(rules.isAllowed(target: "/robots.txt"), "/robots.txt itself is forbidden")
                }
                if let delay = rules.crawlDelay {
                    try require(delay >= .zero && delay <= RobotsRules.maximumDelay, "crawl delay \(delay)")
                }
                for delay in rules.requestRates.map(\.delay) {
                    try require(delay >= .zero && delay <= RobotsRules.maximumDelay, "request rate's delay \(delay)")
                }
            }
            try require(Set(file.sitemaps).count == file.sitemaps.count, "a sitemap twice")
            if let base = WebURL("https://h.example/robots.txt") { _ = file.sitemaps(relativeTo: base) }
        }
    }
}
