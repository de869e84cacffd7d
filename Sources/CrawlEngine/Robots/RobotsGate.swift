public import CrawlDomain
public import WebStandards
public import Foundation

/// What one host's robots.txt allows us.
///
/// Source: RFC 9309, section 2.3.1 (access results) and 2.4 (caching).
public struct RobotsGate: Sendable {
    /// How long an answer is used before it is asked for again.
    public static let maximumAge: TimeInterval = 86_400
    /// How long a host is left alone when its robots.txt cannot be had: longer each time would be the schedule's business.
    public static let deferral: Duration = .seconds(600)

    private enum Access: Sendable {
        case all
        case rules(RobotsRules)
        case none
    }

    private let access: Access

    /// Reads a remembered answer for the product token `agent`; a missing status means the host could not be reached.
    public init(_ robots: HostMemory.Robots, agent: String) {
        guard let status = robots.status else { access = .none; return }
        switch RobotsAccess.forStatus(status) {
        case .rules: access = .rules(RobotsFile(robots.body).rules(forAgent: agent))
        case .allowAll: access = .all
        default: access = .none
        }
    }

    /// Whether nothing may be asked for now, because robots.txt could not be had; ask again later.
    public var isDeferred: Bool { if case .none = access { true } else { false } }

    /// Whether the host allows this URL.
    public func allows(_ url: WebURL) -> Bool {
        switch access {
        case .all: true
        case .none: false
        case .rules(let rules): rules.isAllowed(url)
        }
    }

    /// The delay the host asks for between two requests at a time: its Crawl-delay, or the gap of its Request-rate if that is longer.
    public func crawlDelay(at now: Date) -> Duration? { rules?.delay(at: Int64(now.timeIntervalSince1970)) }

    /// How long the host is to be left alone because of its Visit-time; nil within its hours.
    public func closedTime(at now: Date) -> Duration? {
        let seconds = rules?.secondsUntilOpening(at: Int64(now.timeIntervalSince1970)) ?? 0
        return seconds > 0 ? .seconds(seconds) : nil
    }

    /// When the host wants to be visited, for people: "0600-0845 UTC".
    public var hours: String { (rules?.visitTimes ?? []).map { "\($0) UTC" }.joined(separator: ", ") }

    private var rules: RobotsRules? {
        if case .rules(let rules) = access { rules } else { nil }
    }

    /// Whether a remembered answer is too old to be used.
    public static func isStale(_ robots: HostMemory.Robots?, now: Date) -> Bool {
        guard let robots else { return true }
        // An unreachable host is asked again after the deferral, not after a day.
        let age = robots.status.map { $0 < 500 && $0 != 429 } ?? false ? maximumAge : deferral.seconds
        return now.timeIntervalSince(robots.fetchedAt) >= age
    }
}
