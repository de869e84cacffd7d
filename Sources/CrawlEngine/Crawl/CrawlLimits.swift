/// When a run ends before the frontier is empty, and how work is batched.
public struct CrawlLimits: Sendable, Hashable {
    /// Pages after which the run ends; nil for no limit.
    public var maximumPages: Int?
    /// Links followed from a seed at most.
    public var maximumDepth: Int
    /// URLs leased from a host at once.
    public var leaseBatch: Int
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
        maximumPages: Int? = nil, maximumDepth: Int = 64, leaseBatch: Int = 50, commitBatch: Int = 50,
        commitInterval: Duration = .seconds(5), longestWait: Duration = .seconds(20), leaseSeconds: Int = 30,
        concurrentHosts: Int = 16, maximumContinuations: Int = 100
    ) {
        self.maximumPages = maximumPages
        self.maximumDepth = maximumDepth
        self.leaseBatch = leaseBatch
        self.commitBatch = commitBatch
        self.commitInterval = commitInterval
        self.longestWait = longestWait
        self.leaseSeconds = leaseSeconds
        self.concurrentHosts = concurrentHosts
        self.maximumContinuations = maximumContinuations
    }
}
