public import CrawlDomain
public import WebStandards
public import Foundation

/// What to do about one visit's end, decided in one place.
public enum VisitEnd: Sendable, Hashable {
    /// The page was read; `drop` says why it was refused as a whole, if it was.
    case read(drop: DropReason?)
    /// The stored page is what the server still has.
    case notModified
    /// "Not modified", without or against what was asked: the next request is for the whole page.
    case contradictoryNotModified
    /// An answer that is no page, by status.
    case refused(status: Int)
    /// No answer; `transient` says whether asking again can help.
    case failed(code: String, transient: Bool)
    /// robots.txt forbids it.
    case disallowed
    /// Moved; the new place is followed as a URL of its own.
    case redirected
    /// Moved to another spelling of the same URL, as the frontier sees it.
    case moved(WebURL)
}

/// How often and how late a failed URL is asked again.
public struct RetryPolicy: Sendable, Hashable {
    /// Attempts after which a URL is given up.
    public var maximumAttempts: Int
    /// How late it is asked again.
    public var backoff: Backoff

    /// Makes a policy.
    public init(maximumAttempts: Int = 5, backoff: Backoff = .init(base: .seconds(5), cap: .seconds(3_600))) {
        self.maximumAttempts = maximumAttempts
        self.backoff = backoff
    }

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
        func retry(_ reason: String) -> VisitOutcome.Disposition {
            guard attempts + 1 < maximumAttempts else { return .dead(reason: "\(reason), \(attempts + 1) attempts") }
            return .retry(
                at: now.addingTimeInterval(backoff.delay(attempt: attempts + 1, jitter: jitter).seconds), reason: reason
            )
        }
        func postponed(_ reason: String) -> VisitOutcome.Disposition {
            .postponed(
                until: now.addingTimeInterval(Backoff.overload.delay(attempt: 1, jitter: jitter).seconds),
                reason: reason)
        }
        switch end {
        case .read(nil), .notModified, .redirected: return .done(revisit: again)
        case .read(let drop?): return drop.isTransient ? retry(drop.rawValue) : .done(revisit: again)
        case .contradictoryNotModified: return retry("contradictory_304")
        case .refused(let status) where [404, 410].contains(status): return .done(revisit: again)
        case .refused(let status) where status == 429 || status == 503: return postponed("http_\(status)")
        case .refused(let status) where status == 408 || status >= 500: return retry("http_\(status)")
        case .refused(let status): return .dead(reason: "http_\(status)")
        case .failed("connect", _), .failed("resolve", _): return postponed("unreachable")
        case .failed(let code, let transient): return transient ? retry(code) : .dead(reason: code)
        case .moved(let url): return attempts + 1 < maximumAttempts ? .moved(to: url) : .dead(reason: "redirect_loop")
        case .disallowed: return .dead(reason: "robots_disallowed")
        }
    }
}

extension VisitEnd {
    /// Whether nothing was learnt of the page, so that what is stored of it can still be asked about.
    public var leavesPageUnknown: Bool {
        switch self {
        case .failed, .disallowed: true
        case .refused(let status): status == 408 || status == 429 || status >= 500
        case .read, .notModified, .contradictoryNotModified, .redirected, .moved: false
        }
    }
}

extension DropReason {
    /// Whether the same page may well be right the next time.
    public var isTransient: Bool {
        switch self {
        case .emptyPage, .truncatedPage, .unavailable, .captcha, .blocked, .poorerThanStored: true
        default: false
        }
    }
}

extension Duration {
    /// In seconds.
    public var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
