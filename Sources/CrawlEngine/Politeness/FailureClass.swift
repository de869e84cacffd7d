/// What kind of failure an exchange was; bounded, so it can label a metric. Each kind has its own patience.
public enum FailureClass: String, Sendable, Hashable, CaseIterable {
    /// The name has no address.
    case resolve
    /// No connection came about, or the proxy made none.
    case connect
    /// The answer did not come in time.
    case timeout
    /// The connection was reset, or the answer was cut off or garbled.
    case broken
    /// A status from 500 that does not speak of load, or 408.
    case serverError = "server_error"
    /// 429 or 503.
    case overload
    /// One page was refused: 401, 403, 451, a login wall.
    case refused
    /// 200 with an empty or shortened page.
    case reduced
    /// The host told us to go away.
    case blocked
}

extension FailureClass {
    /// The kind of a failed fetch, by the code of its error; what is not known counts as broken.
    public init(fetchCode code: String) {
        switch code {
        case "resolve": self = .resolve
        case "connect", "proxy", "resources": self = .connect
        case "timeout", "tooSlow": self = .timeout
        default: self = .broken
        }
    }

    /// How long the host is left alone after it: more for what says that the host is in trouble, less for what may be chance.
    public var hostBackoff: Backoff {
        switch self {
        case .resolve: Backoff(base: .seconds(10), cap: .seconds(3_600))
        case .connect, .timeout: Backoff(base: .seconds(5), cap: .seconds(1_800))
        case .broken, .serverError: Backoff(base: .seconds(2), cap: .seconds(600))
        case .overload: Backoff(base: .seconds(30), cap: .seconds(3_600))
        case .refused, .reduced: Backoff(base: .seconds(2), cap: .seconds(60))
        case .blocked: Backoff(base: .seconds(300), cap: .seconds(86_400))
        }
    }
}
