/// How near a run came to the fastest crawl that keeps the same promises.
///
/// Of `n` requests to one host, each asked for no earlier than `d` after the end of the answer before it, the last answer ends no earlier
/// than `(n − 1)·d` plus the time of all answers. No polite crawl is done before its slowest host is, nor before the slowest turn that
/// hosts share: the site's, or that of an address.
public struct CrawlEfficiency: Sendable, Hashable {
    /// The least time in which the same requests can be made, in seconds; 0 where no host was promised any delay, and nothing bounds a crawl.
    public let boundSeconds: Double
    /// The time they took, without the time in which the site was paused, in seconds.
    public let seconds: Double

    /// Bound over time: 1 is the best there is; nil where there is no bound, and before any time has passed.
    public var reached: Double? { seconds > 0 && boundSeconds > 0 ? min(1, boundSeconds / seconds) : nil }

    /// Measures a run.
    ///
    /// - Parameters:
    ///   - paces: The hosts, and whatever else has one turn at a time, such as an address that several hosts share.
    ///   - seconds: Since the start, without pauses.
    public init(paces: some Sequence<HostPace>, seconds: Double) {
        let bounds = paces.map { Double(max(0, $0.requests - 1)) * $0.promiseSeconds + $0.answerSeconds }
        boundSeconds = paces.contains { $0.promiseSeconds > 0 } ? bounds.max() ?? 0 : 0
        self.seconds = seconds
    }

    /// As it was recorded.
    public init(boundSeconds: Double, seconds: Double) {
        self.boundSeconds = boundSeconds
        self.seconds = seconds
    }
}
