import CrawlDomain
import WebStandards

/// The options of `animematcher crawl` that a schedule may give, named as on the command line, without dashes.
///
/// A test holds them against the command's own help: an option that is added there is added here.
enum ScheduledCrawlOption: String, CaseIterable {
    case start
    case limit
    case maxTime = "max-time"
    case maxItems = "max-items"
    case maxErrors = "max-errors"
    case noNewItems = "no-new-items"
    case minYield = "min-yield"
    case yieldPages = "yield-pages"
    case concurrentHosts = "concurrent-hosts"

    /// The option that a key of a file means: `max_time` and `max-time` are one.
    init?(key: String) { self.init(rawValue: key.replacing("_", with: "-")) }

    /// The option with its values as the command takes them; one that would be refused there is a mistake here, months before it fires.
    func read(_ node: YAMLNode) -> [Schedule.CrawlOption] {
        // Only start pages may be several; everywhere else a list is a mistake.
        let nodes = self == .start ? node.atLeastOne() : [node]
        return nodes.compactMap { node in
            guard let text = node.string() else { return nil }
            guard accepts(text) else {
                return node.refuse("\(rawValue): expected \(expected), found '\(text.prefix(80))'")
            }
            return .init(name: rawValue, value: text)
        }
    }

    private func accepts(_ text: String) -> Bool {
        switch self {
        case .start: WebURL(text)?.isHTTP ?? false
        case .limit, .maxItems, .maxErrors, .yieldPages, .concurrentHosts: Self.isCount(text)
        case .maxTime: Self.isTime(text)
        case .noNewItems: Self.isCount(text) || Self.isTime(text)
        case .minYield: Double(text).map { $0 > 0 && $0 <= 1_000_000 } ?? false
        }
    }

    private var expected: String {
        switch self {
        case .start: "an address like https://example.org/page, or a list of them"
        case .limit, .maxItems, .maxErrors, .yieldPages, .concurrentHosts: "a whole number from 1"
        case .maxTime: "a time such as 90s, 30m or 2h"
        case .noNewItems: "a number of pages such as 500, or a time such as 30m"
        case .minYield: "a number of items above 0"
        }
    }

    private static func isCount(_ text: String) -> Bool { Int(text).map { $0 > 0 } ?? false }

    private static func isTime(_ text: String) -> Bool { Duration(spiderText: text).map { $0 > .zero } ?? false }
}
