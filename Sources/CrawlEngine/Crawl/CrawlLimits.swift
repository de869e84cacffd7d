/// How work is batched, and how long things may take.
public struct CrawlLimits: Sendable, Hashable {
    /// URLs leased from a host at once.
    public var leaseBatch: Int
    /// The time for which URLs are leased at most: what is added or made due meanwhile is seen after it.
    public var leaseTime: Duration
    /// Visits committed together at most; one commit is one durable write.
    public var commitBatch: Int
    /// A visit waits at most this long for its commit.
    public var commitInterval: Duration
    /// A delay longer than this is slept by nobody: the host is given back and taken up again when it is due.
    public var longestWait: Duration
    /// Seconds a host lease lasts without renewal.
    public var leaseSeconds: Int
    /// Hosts worked on at once.
    public var concurrentHosts: Int
    /// Answers of one list (a continuation) taken together at most.
    public var maximumContinuations: Int

    /// The defaults, for a polite crawl.
    public init(
        leaseBatch: Int = 50, leaseTime: Duration = .seconds(4), commitBatch: Int = 50,
        commitInterval: Duration = .seconds(5), longestWait: Duration = .seconds(20), leaseSeconds: Int = 30,
        concurrentHosts: Int = 16, maximumContinuations: Int = 100
    ) {
        self.leaseBatch = leaseBatch
        self.leaseTime = leaseTime
        self.commitBatch = commitBatch
        self.commitInterval = commitInterval
        self.longestWait = longestWait
        self.leaseSeconds = leaseSeconds
        self.concurrentHosts = concurrentHosts
        self.maximumContinuations = maximumContinuations
    }

    /// How long a run is not heard of before it counts as dead.
    var lostAfter: Duration { max(.seconds(60), .seconds(2 * leaseSeconds)) }

    /// How many URLs are leased at once from a host that is asked once in `delay`.
    func leaseBatch(delay: Duration) -> Int {
        guard delay > .zero else { return leaseBatch }
        return min(leaseBatch, max(1, Int(leaseTime / delay)))
    }
}
