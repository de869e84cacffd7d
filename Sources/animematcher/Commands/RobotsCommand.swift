import ArgumentParser
import Foundation
import WebStandards

/// `animematcher robots`: what a robots.txt allows.
struct RobotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robots",
        abstract: "Say what a robots.txt allows an agent, as JSON.",
        discussion: "  animematcher robots --agent AnimeMatcher --robots robots.txt https://example.org/private/1")

    @Option(help: "The product token the crawler answers to.")
    var agent: String = "AnimeMatcher"

    @Option(help: ArgumentHelp("The robots.txt file; - for standard input.", valueName: "file"))
    var robots: String

    @Argument(help: "URLs to judge.")
    var urls: [String] = []

    func run() throws {
        let file = RobotsFile(try InputFile(robots).bytes())
        let rules = file.rules(forAgent: agent)
        var verdicts: [JSONValue] = []
        for text in urls {
            guard let url = WebURL(text) else { throw ValidationError("\(Console.visible(text)): not a URL") }
            verdicts.append(.object(["url": .string(text), "allowed": .bool(rules.isAllowed(url))]))
        }
        Console.print(
            JSONValue.object([
                "agent": .string(agent),
                "urls": .array(verdicts),
                "crawl_delay": rules.crawlDelay.map { .double($0.inSeconds) } ?? .null,
                "request_gap": rules.requestRates.map(\.delay).max().map { .double($0.inSeconds) } ?? .null,
                "sitemaps": .array(file.sitemaps.map(JSONValue.string)),
            ]))
    }
}
