/// How fast a run asks one host, and why not faster.
public struct HostPace: Sendable, Hashable {
    /// The host and its port.
    public let host: String
    /// Requests made by this run, robots.txt included.
    public var requests: Int
    /// Seconds these requests took until their answers had ended, summed.
    public var answerSeconds: Double
    /// The delay that is kept now, in seconds.
    public var delaySeconds: Double
    /// The delay that is promised to the host, in seconds.
    public var promiseSeconds: Double
    /// What the delay comes from: "robots.txt", "the spider", "the operator", "the host's latency".
    public var reason: String

    /// Makes a pace; of a host not asked yet unless told.
    public init(
        host: String, requests: Int = 0, answerSeconds: Double = 0, delaySeconds: Double = 0,
        promiseSeconds: Double = 0, reason: String = ""
    ) {
        self.host = host
        self.requests = requests
        self.answerSeconds = answerSeconds
        self.delaySeconds = delaySeconds
        self.promiseSeconds = promiseSeconds
        self.reason = reason
    }
}
