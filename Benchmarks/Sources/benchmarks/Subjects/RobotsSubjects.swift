import WebStandards

/// robots.txt files of real sites, and URLs asked of them.
enum RobotsSubjects {
    private struct Site {
        let bytes: [UInt8]
        var agents: [Agent] = []
    }

    /// The rules for an agent are made once, as a crawl does.
    private struct Agent {
        let rules: RobotsRules
        var texts: [String] = []
        var urls: [WebURL] = []
    }

    static func all(_ workload: Workload) throws -> [Subject] {
        let sites = try workload.values("robots.jsonl").map(site)
        let agents = sites.flatMap(\.agents)
        let probes = agents.reduce(0) { $0 + $1.urls.count }
        return [
            Subject("robots match", unit: "URLs") {
                var round = Subject.Round(operations: probes)
                for agent in agents {
                    for text in agent.texts {
                        if let url = WebURL(text), agent.rules.isAllowed(url) { round.result += 1 }
                    }
                }
                return round
            },
            Subject("robots match", "ours, URL known", unit: "URLs") {
                var round = Subject.Round(operations: probes)
                for agent in agents {
                    for url in agent.urls where agent.rules.isAllowed(url) { round.result += 1 }
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
        var agents: [String: Agent] = [:]
        for probe in value["probes"]?.arrayValue ?? [] {
            guard let name = probe[0]?.stringValue, let text = probe[1]?.stringValue, let url = WebURL(text) else {
                continue
            }
            agents[name, default: Agent(rules: file.rules(forAgent: name))].texts.append(text)
            agents[name]?.urls.append(url)
        }
        site.agents = Array(agents.values)
        return site
    }
}
