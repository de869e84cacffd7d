import WebStandards

/// robots.txt files of real sites, and URLs asked of them.
enum RobotsSubjects {
    private struct Site {
        let bytes: [UInt8]
        var probes: [(rules: RobotsRules, text: String, url: WebURL)] = []
    }

    static func all(_ workload: Workload) throws -> [Subject] {
        let sites = try workload.values("robots.jsonl").map(site)
        let probes = sites.reduce(0) { $0 + $1.probes.count }
        return [
            Subject("robots match", unit: "URLs") {
                var round = Subject.Round(operations: probes)
                for site in sites {
                    for probe in site.probes {
                        if let url = WebURL(probe.text), probe.rules.isAllowed(url) { round.result += 1 }
                    }
                }
                return round
            },
            Subject("robots match", "ours, URL known", unit: "URLs") {
                var round = Subject.Round(operations: probes)
                for site in sites {
                    for probe in site.probes where probe.rules.isAllowed(probe.url) { round.result += 1 }
                }
                return round
            },
            Subject("robots parse", unit: "files") {
                var round = Subject.Round(operations: sites.count)
                for site in sites { round.result += RobotsFile(site.bytes).sitemaps.count }
                return round
            },
        ]
    }

    private static func site(_ value: JSONValue) -> Site {
        var site = Site(bytes: Array((value["robots_txt"]?.stringValue ?? "").utf8))
        let file = RobotsFile(site.bytes)
        // The rules for an agent are made once, as a crawl does.
        var known: [String: RobotsRules] = [:]
        for probe in value["probes"]?.arrayValue ?? [] {
            guard let agent = probe[0]?.stringValue, let text = probe[1]?.stringValue, let url = WebURL(text) else {
                continue
            }
            let rules = known[agent] ?? file.rules(forAgent: agent)
            known[agent] = rules
            site.probes.append((rules, text, url))
        }
        return site
    }
}
