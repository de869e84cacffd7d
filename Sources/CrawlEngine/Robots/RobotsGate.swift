public import CrawlDomain
public import WebStandards
public import Foundation

/// What one host's robots.txt allows us.
///
/// Source: RFC 9309, section 2.3.1 (access results).
public struct RobotsGate: Sendable {
    /// How long a host is left alone when its robots.txt cannot be had: longer each time would be the schedule's business.
    public static let deferral: Duration = .seconds(600)

    private enum Access: Sendable {
        case all
        case rules(RobotsRules)
        /// What was answered instead; nil for no answer, or one that leads to another host.
        case none(status: Int?)
    }

    private let access: Access

    /// Reads a remembered answer for the product token `agent`; a missing status means the host could not be reached.
    public init(_ robots: HostMemory.Robots, agent: String) {
        guard let status = robots.status else { access = .none(status: nil); return }
        switch RobotsAccess.forStatus(status) {
        case .rules: access = .rules(RobotsFile(robots.body).rules(forAgent: agent))
        case .allowAll: access = .all
        default: access = .none(status: status)
        }
    }

    /// Whether the host allows this URL.
    public func allows(_ url: WebURL) -> Bool {
        switch access {
        case .all: true
        case .none: false
        case .rules(let rules): rules.isAllowed(url)
        }
    }

    /// The delay the host asks for between two requests at a time: its Crawl-delay, or the gap of its Request-rate if that is longer.
    public func crawlDelay(at now: Date) -> Duration? { rules?.delay(at: now.seconds) }

    /// How long, and why, nothing of the host may be asked for: its robots.txt could not be had, or it wants no visitors at this hour
    /// (`Visit-time`); nil when it may be asked.
    public func closure(at now: Date) -> (time: Duration, reason: String)? {
        if case .none(let status) = access {
            let answer = status.map { "it answered \($0)" } ?? "no answer, or a redirect to another host or in a circle"
            return (Self.deferral, "robots.txt could not be had: \(answer)")
        }
        guard let rules, case let seconds = rules.secondsUntilOpening(at: now.seconds), seconds > 0 else { return nil }
        let hours = rules.visitTimes.map { "\($0) UTC" }.joined(separator: ", ")
        return (.seconds(seconds), "its robots.txt wants visits at \(hours)")
    }

    private var rules: RobotsRules? {
        if case .rules(let rules) = access { rules } else { nil }
    }
}
