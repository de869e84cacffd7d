public import CrawlDomain
public import Foundation

/// How often and how late a failed URL is asked again, by what kind of failure it was.
public struct RetryPolicy: Sendable, Hashable {
    /// Attempts after which a URL is given up, and how late it is asked again.
    public struct Rule: Sendable, Hashable {
        /// Attempts after which a URL is given up.
        public var attempts: Int
        /// How late it is asked again.
        public var backoff: Backoff

        /// Makes a rule.
        public init(attempts: Int, backoff: Backoff) {
            self.attempts = attempts
            self.backoff = backoff
        }
    }

    /// By kind of failure.
    private let rules: [FailureClass: Rule]

    /// The standard: what may be chance soon and often, what is likely meant late and seldom.
    public init() {
        rules = Dictionary(uniqueKeysWithValues: FailureClass.allCases.map { ($0, Self.standard($0)) })
    }

    /// The same rule for every kind.
    public init(maximumAttempts: Int, backoff: Backoff) {
        let rule = Rule(attempts: maximumAttempts, backoff: backoff)
        rules = Dictionary(uniqueKeysWithValues: FailureClass.allCases.map { ($0, rule) })
    }

    private static func standard(_ kind: FailureClass) -> Rule {
        switch kind {
        case .broken, .serverError: Rule(attempts: 5, backoff: .init(base: .seconds(5), cap: .seconds(3_600)))
        case .timeout, .reduced: Rule(attempts: 5, backoff: .init(base: .seconds(15), cap: .seconds(3_600)))
        case .refused: Rule(attempts: 3, backoff: .init(base: .seconds(3_600), cap: .seconds(86_400)))
        // The host's, not the page's: counted by nobody (`postponed`).
        case .resolve, .connect, .overload, .blocked: Rule(attempts: 5, backoff: kind.hostBackoff)
        }
    }

    /// The rule for a kind of failure.
    public func rule(for kind: FailureClass) -> Rule { rules[kind] ?? Self.standard(kind) }

    /// What becomes of a URL.
    ///
    /// - Parameters:
    ///   - attempts: Failed attempts before this one.
    ///   - now: Wall-clock time, since the answer is stored.
    ///   - revisit: Age after which a page of this kind is asked again; nil for never.
    ///   - jitter: Uniform in 0…1.
    public func disposition(
        of end: VisitEnd, attempts: Int, now: Date, revisit: Duration?, jitter: Double
    ) -> VisitOutcome.Disposition {
        let again = revisit.map { now.addingTimeInterval($0.seconds) }
        func retry(_ kind: FailureClass, _ reason: String) -> VisitOutcome.Disposition {
            let rule = rule(for: kind)
            guard attempts + 1 < rule.attempts else { return .dead(reason: "\(reason), \(attempts + 1) attempts") }
            let delay = rule.backoff.delay(attempt: attempts + 1, jitter: jitter)
            return .retry(at: now.addingTimeInterval(delay.seconds), reason: reason)
        }
        func postponed(_ kind: FailureClass, _ reason: String) -> VisitOutcome.Disposition {
            let delay = kind.hostBackoff.delay(attempt: 1, jitter: jitter)
            return .postponed(until: now.addingTimeInterval(delay.seconds), reason: reason)
        }
        switch end {
        case .read(nil), .notModified, .redirected: return .done(revisit: again)
        case .read(let drop?): return drop.failureClass.map { retry($0, drop.rawValue) } ?? .done(revisit: again)
        case .contradictoryNotModified: return retry(.broken, "contradictory_304")
        case .blocked: return postponed(.blocked, "blocked")
        case .refused(let status) where [404, 410].contains(status): return .done(revisit: again)
        case .refused(let status) where status == 429 || status == 503: return postponed(.overload, "http_\(status)")
        case .refused(let status) where status == 408 || status >= 500: return retry(.serverError, "http_\(status)")
        case .refused(let status): return .dead(reason: "http_\(status)")
        case .failed("connect", _), .failed("resolve", _): return postponed(.overload, "unreachable")
        case .failed(let code, true): return retry(FailureClass(fetchCode: code), code)
        case .failed(let code, false): return .dead(reason: code)
        case .moved(let url):
            return attempts + 1 < rule(for: .broken).attempts ? .moved(to: url) : .dead(reason: "redirect_loop")
        case .disallowed: return .dead(reason: "robots_disallowed")
        }
    }
}
