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
    /// Hosts worked on at once at most; see ``concurrentHosts(delay:)``.
    public var concurrentHosts: Int
    /// Answers of one list (a continuation) taken together at most.
    public var maximumContinuations: Int
    /// A page's fetch and extraction, or a commit, that takes longer is logged; nil for none.
    public var slowPage: Duration? = SlowBounds().page

    /// The defaults, for a polite crawl.
    public init(
        leaseBatch: Int = 50, leaseTime: Duration = .seconds(4), commitBatch: Int = 50,
        commitInterval: Duration = .seconds(5), longestWait: Duration = .seconds(20), leaseSeconds: Int = 30,
        concurrentHosts: Int = 256, maximumContinuations: Int = 100
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

    /// How many hosts are worked on at once that are asked once in `delay` each: without a delay a few keep the machine busy, with one a
    /// worker mostly sleeps.
    func concurrentHosts(delay: Duration) -> Int {
        min(concurrentHosts, 16 + Int(min(delay, .seconds(60)) / .milliseconds(5)))
    }

    /// The bytes of raw pages of one worker that are committed at once, whatever their number: one transaction stays small, and all that
    /// is not committed yet stays within memory.
    func commitBytes(workers: Int) -> Int { min(8 << 20, (32 << 20) / max(1, workers)) }

    /// How long the oldest visit has waited before it is committed while its host rests: many workers would wait for each other's
    /// transactions if each committed every page.
    func restfulAge(workers: Int) -> Duration { workers <= 32 ? .zero : .milliseconds(10) * workers }

    /// How many URLs are leased at once from a host that is asked once in `delay`.
    func leaseBatch(delay: Duration) -> Int {
        guard delay > .zero else { return leaseBatch }
        return min(leaseBatch, max(1, Int(leaseTime / delay)))
    }
}
