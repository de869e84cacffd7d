import Fetching
import Foundation
import WebStandards

/// What came of sending a message.
public enum WebhookAnswer: Sendable, Hashable {
    /// 2xx.
    case accepted
    /// 410: the receiver wants no more, ever.
    case gone
    /// It is something about the message: sent again, it may well be refused again.
    case refused(status: Int)
    /// The receiver broke (5xx): it is ill, for however long, or the message is one that it cannot bear.
    case broken(status: Int)
    /// The receiver is away, busy or not well set up; the message is as good as any.
    case failed(reason: String, retryAfter: Int64? = nil)

    /// Statuses that speak of the receiver and not of the message.
    private static let passing: Set<Int> = [401, 403, 404, 405, 407, 408, 421, 425, 429, 502, 503, 504]

    init(_ response: FetchResponse, now: Date) {
        let status = response.status
        switch status {
        case 200..<300: self = .accepted
        case 410: self = .gone
        case 300..<400:
            self = .failed(reason: "answered \(status); redirects are not followed: name the address it leads to")
        case _ where Self.passing.contains(status) || response.headers.all("retry-after").isEmpty == false:
            let wait = RetryAfter.seconds(response.headers.all("retry-after"), now: Int64(now.timeIntervalSince1970))
            self = .failed(reason: "answered \(status)", retryAfter: wait)
        case 500...: self = .broken(status: status)
        default: self = .refused(status: status)
        }
    }

    /// For people.
    public var description: String {
        switch self {
        case .accepted: "accepted"
        case .gone: "answered 410: it wants no more"
        case .refused(let status), .broken(let status): "answered \(status)"
        case .failed(let reason, let wait): wait.map { "\(reason), and asks for \($0) s" } ?? reason
        }
    }
}
