public import CrawlDomain
public import WebStandards

/// How one visit ended.
public enum VisitEnd: Sendable, Hashable {
    /// The page was read; `drop` says why it was refused as a whole, if it was.
    case read(drop: DropReason?)
    /// The stored page is what the server still has.
    case notModified
    /// "Not modified", without or against what was asked: the next request is for the whole page.
    case contradictoryNotModified
    /// An answer that is no page, by status.
    case refused(status: Int)
    /// The host told us to go away, which says nothing of the page.
    case blocked
    /// No answer; `transient` says whether asking again can help.
    case failed(code: String, transient: Bool)
    /// robots.txt forbids it.
    case disallowed
    /// Moved; the new place is followed as a URL of its own.
    case redirected
    /// Moved to another spelling of the same URL, as the frontier sees it.
    case moved(WebURL)
}

extension VisitEnd {
    /// Whether nothing was learnt of the page, so that what is stored of it can still be asked about.
    public var leavesPageUnknown: Bool {
        switch self {
        case .failed, .disallowed, .blocked: true
        case .refused(let status): status == 408 || status == 429 || status >= 500
        case .read, .notModified, .contradictoryNotModified, .redirected, .moved: false
        }
    }
}

extension DropReason {
    /// What kind of failure a page refused for this reason is, where the same page may well be right the next time.
    public var failureClass: FailureClass? {
        switch self {
        case .emptyPage, .truncatedPage, .poorerThanStored: .reduced
        case .unavailable: .serverError
        case .blocked, .loginWall: .refused
        case .captcha: .blocked
        default: nil
        }
    }
}
