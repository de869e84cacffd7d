/// Adapts the delay between two requests to how fast the host answers.
///
/// The rule is Scrapy's AutoThrottle: aim at `latency / targetConcurrency`, go there by halves, never let an error make us faster.
public struct AutoThrottle: Sendable, Hashable {
    /// Requests that may be on their way at once, on average; 1 for a polite crawl.
    public var targetConcurrency: Double
    /// The delay promised to the host.
    public var minimumDelay: Duration
    /// However slow the host is, no longer than this.
    public var maximumDelay: Duration

    /// Makes a rule; `minimumDelay` is the delay promised to the host.
    public init(targetConcurrency: Double = 1, minimumDelay: Duration, maximumDelay: Duration = .seconds(60)) {
        self.targetConcurrency = targetConcurrency
        self.minimumDelay = minimumDelay
        self.maximumDelay = maximumDelay
    }

    /// The delay after an answer.
    ///
    /// - Parameters:
    ///   - delay: The delay before it.
    ///   - latency: From the request to the first byte of the answer.
    ///   - status: HTTP status; anything but 200 can only make the delay longer.
    public func delay(after delay: Duration, latency: Duration, status: Int) -> Duration {
        let target = latency / targetConcurrency
        let adapted = min(max(minimumDelay, max(target, (delay + target) / 2)), maximumDelay)
        return status != 200 && adapted <= delay ? delay : adapted
    }
}
