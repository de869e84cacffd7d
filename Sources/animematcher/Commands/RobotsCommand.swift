import ArgumentParser
import Foundation
import Reports
import WebStandards
import Terminal

/// `animematcher robots`: what a robots.txt allows.
struct RobotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robots",
        abstract: "Say what a robots.txt allows an agent, as JSON.",
        discussion: """
              animematcher robots --robots robots.txt https://example.org/a
              animematcher robots --robots robots.txt
              animematcher robots --status 503 https://example.org/

            Without a URL: delay, request rate, visit time and sitemaps only. --status says as what robots.txt was answered. \
            "access" says what counts: the rules, allow_all (there is no robots.txt) or deny_all (ask again later).
            """)

    @Option(help: "The product token the crawler answers to.")
    var agent: String = "AnimeMatcher"

    @Option(help: ArgumentHelp("The robots.txt file; - for standard input.", valueName: "file"))
    var robots: String?

    @Option(help: "The HTTP status it was answered with.")
    var status = 200

    @Argument(help: "URLs, or paths that start with /, to judge.")
    var urls: [String] = []

    func validate() throws {
        guard (100...599).contains(status) else { throw ValidationError("--status: expected a number from 100 to 599") }
        guard robots != nil || RobotsAccess.forStatus(status) != .rules else {
            throw ValidationError("give --robots FILE, or a --status that says what its absence means")
        }
    }

    func run() throws {
        let access = RobotsAccess.forStatus(status)
        let file = RobotsFile(access == .rules ? try robots.map { try InputFile($0).bytes() } ?? [] : [])
        let rules = file.rules(forAgent: agent)
        let verdicts = try urls.map { text in
            JSONValue.object(["url": .string(text), "allowed": .bool(try isAllowed(text, rules, access))])
        }
        let rates = rules.requestRates.map { rate in
            JSONValue.object([
                "requests": .int(Int64(rate.requests)), "seconds": .double(rate.period.inSeconds),
                "hours": rate.hours.map { .string("\($0)") } ?? .null,
            ])
        }
        Console.print(
            JSONValue.object([
                "agent": .string(agent),
                "access": .string(Self.name(of: access)),
                "group": .string(rules.matchedGroup.rawValue),
                "urls": .array(verdicts),
                "crawl_delay": rules.crawlDelay.map { .double($0.inSeconds) } ?? .null,
                "request_gap": rules.requestRates.map(\.delay).max().map { .double($0.inSeconds) } ?? .null,
                "request_rates": .array(rates),
                "visit_times": .array(rules.visitTimes.map { .string("\($0)") }),
                "sitemaps": .array(file.sitemaps.map(JSONValue.string)),
            ]))
    }

    private func isAllowed(_ text: String, _ rules: RobotsRules, _ access: RobotsAccess) throws -> Bool {
        let url = WebURL(text)
        guard url != nil || text.hasPrefix("/") else {
            throw ValidationError("\(Console.visible(text)): not a URL; expected https://example.org/path or /path")
        }
        switch access {
        case .allowAll: return true
        case .denyAll: return false
        case .rules: return url.map(rules.isAllowed) ?? rules.isAllowed(target: text)
        }
    }

    private static func name(of access: RobotsAccess) -> String {
        switch access {
        case .rules: "rules"
        case .allowAll: "allow_all"
        case .denyAll: "deny_all"
        }
    }
}
