/// How an exchange ended, as far as the host's health goes; `latency` is to the first byte.
public enum HostAnswer: Sendable, Hashable {
    /// The host answered this page, whatever the status.
    case answered(status: Int, latency: Duration)
    /// It answered for its robots.txt, which says nothing of whether it serves us its pages.
    case rules(status: Int, latency: Duration)
    /// The page was empty, or cut off.
    case reduced(latency: Duration)
    /// It refused this page: 401, 403, 451, a login wall.
    case refused(status: Int, latency: Duration)
    /// It asked to be left alone (429, 503), for a stated time or not.
    case overloaded(status: Int, retryAfter: Duration?)
    /// No answer, or a 5xx.
    case failed(FailureClass)
    /// It told us to go away, and how: a captcha, a challenge.
    case blocked(reason: String)
}

extension HostAnswer {
    /// What the adapted delay follows; an answer that is not what was asked for counts as an error, which can only slow us down.
    var pace: (status: Int, latency: Duration)? {
        switch self {
        case .answered(let status, let latency), .rules(let status, let latency): (status, latency)
        case .reduced(let latency): (500, latency)
        case .refused(let status, let latency): (status, latency)
        case .overloaded, .failed, .blocked: nil
        }
    }
}
