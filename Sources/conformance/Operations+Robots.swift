import Foundation
import WebStandards

extension Operations {
    static let robots: [String: Operation] = [
        "robots.allowed": { input in
            .bool(robotsRules(input).isAllowed(target: robotsTarget(input.string("url") ?? "")))
        },
        "robots.crawl_delay_ms": { input in
            robotsRules(input).crawlDelay.map { .int(Int64($0 / .milliseconds(1))) } ?? .null
        },
        "robots.sitemaps": { input in
            let file = RobotsFile(input.bytes("robots_txt") ?? [])
            guard let base = input.string("robots_url").flatMap({ WebURL($0) }) else {
                return .array(file.sitemaps.map { .string($0) })
            }
            return .array(file.sitemaps(relativeTo: base).map { .string($0.href) })
        },
        "robots.http_status": { input in
            switch RobotsAccess.forStatus(input.int("http_status").map(Int.init)) {
            case .rules, .allowAll: "allow"
            case .denyAll: "defer"
            }
        },
    ]

    private static func robotsRules(_ input: Input) -> RobotsRules {
        let agents = input["user_agents"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let names = agents.isEmpty ? [input.string("user_agent") ?? "*"] : agents
        return RobotsFile(input.bytes("robots_txt") ?? [], dialect: .google).rules(forAgents: names)
    }

    /// The path and query of a URL as written: Google's tests hand the matcher URLs without normalising them.
    static func robotsTarget(_ url: String) -> String {
        let text = url.prefix { $0 != "#" }
        var rest = text[...]
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
        } else if let scheme = rest.range(of: "://"),
            !rest[..<scheme.lowerBound].contains(where: { "/?;".contains($0) })
        {
            rest = rest[scheme.upperBound...]
        }
        guard let start = rest.firstIndex(where: { "/?;".contains($0) }) else { return "/" }
        return rest[start] == "/" ? String(rest[start...]) : "/" + rest[start...]
    }
}
