import Foundation
import Reports

/// Whether a host is asked, how fast, and why so and not faster: in words for the operator.
struct HostStanding: Sendable, Hashable {
    /// What it comes down to.
    enum Kind: String, Sendable, Hashable {
        case paused, blocked, circuitOpen, toldToWait, budgetUsed, leftAlone, probing, backingOff, asked, waiting, idle

        /// A word or two.
        var label: String {
            switch self {
            case .paused: "paused"
            case .blocked: "blocked us"
            case .circuitOpen: "circuit open"
            case .toldToWait: "told to wait"
            case .budgetUsed: "budget used up"
            case .leftAlone: "left alone"
            case .probing: "about to be probed"
            case .backingOff: "backing off"
            case .asked: "being asked"
            case .waiting: "waits for a crawl"
            case .idle: "idle"
            }
        }

        /// How it is coloured.
        var tone: String {
            switch self {
            case .blocked, .circuitOpen: "bad"
            case .paused, .toldToWait, .budgetUsed, .leftAlone, .probing, .backingOff: "warn"
            case .asked: "good"
            case .waiting, .idle: "plain"
            }
        }
    }

    let kind: Kind
    /// What there is to say beyond the label; nil for nothing.
    let reason: String?
    /// When it may be asked again, where that is not now.
    let until: Date?

    /// - Parameters:
    ///   - isSitePaused: Whether all hosts of the site are.
    ///   - isRunning: Whether a crawl of the site runs.
    init(_ host: SiteReport.Host, isSitePaused: Bool, isRunning: Bool, now: Date) {
        let opening = host.notBefore.flatMap { $0 > now ? $0 : nil }
        if isSitePaused || host.isPaused {
            (kind, reason, until) = (.paused, isSitePaused ? "with the whole site" : "by the operator", nil)
        } else if let closed = host.closedReason {
            (kind, reason, until) = (
                opening == nil ? .probing : Self.kind(of: closed), Self.withoutWait(closed), opening
            )
        } else if let opening, opening.timeIntervalSince(now) > (host.delay ?? 0) + 1 {
            (kind, reason, until) = (.backingOff, "after an error", opening)
        } else if isRunning, host.promise != nil {
            (kind, reason, until) = (.asked, nil, nil)
        } else {
            (kind, reason, until) = (host.waiting > 0 ? .waiting : .idle, nil, nil)
        }
    }

    /// What the crawler wrote down when it left a host alone.
    private static func kind(of closed: String) -> Kind {
        if closed.hasPrefix("answered ") { return .toldToWait }
        if closed.contains("failures in a row") { return .circuitOpen }
        if closed.contains("daily budget") { return .budgetUsed }
        if closed.contains("robots") || closed.contains("configuration") { return .leftAlone }
        return .blocked
    }

    /// How long was to be waited stands beside it, as a time.
    private static func withoutWait(_ closed: String) -> String {
        closed.firstRange(of: ", asked again after ").map { String(closed[..<$0.lowerBound]) } ?? closed
    }

    /// What a delay comes from, as the crawler names it, in a sentence.
    static func sentence(ofDelayFrom reason: String) -> String {
        switch reason {
        case "robots.txt": "its robots.txt asks for that (Crawl-delay)"
        case "the spider": "the spider promises that"
        case "the floor for public hosts": "no public host is asked faster"
        case "the operator": "the operator asked for that"
        case "the host's latency": "it answers slowly (autothrottle)"
        case "none": "nothing is promised to this host"
        default: reason
        }
    }
}
