public import struct Foundation.Date
public import WebStandards

/// What a crawl remembers of a host between runs and between workers, so that a restart is not a way round a delay.
public struct HostMemory: Sendable, Hashable {
    /// robots.txt as it was answered.
    public struct Robots: Sendable, Hashable {
        /// HTTP status; nil when the host could not be reached.
        public var status: Int?
        /// At most 500 KiB.
        public var body: [UInt8]
        /// When it was asked for, or last confirmed by the host.
        public var fetchedAt: Date
        /// What it can be asked for again by.
        public var validators: Validators
        /// Seconds from `fetchedAt` for which the host says that it holds; nil when it does not say.
        public var statedLifetime: Int64?

        /// Makes a remembered robots.txt.
        public init(
            status: Int?, body: [UInt8], fetchedAt: Date, validators: Validators = .init(), statedLifetime: Int64? = nil
        ) {
            self.status = status
            self.body = body
            self.fetchedAt = fetchedAt
            self.validators = validators
            self.statedLifetime = statedLifetime
        }
    }

    /// How long nobody may ask the host, from the moment this is stored or read; a duration, since clocks differ and jump.
    public var wait: Duration
    /// Failures in a row, over all URLs of the host.
    public var failures: Int
    /// The adapted delay between two requests, in seconds.
    public var delaySeconds: Double?
    /// Why the host is left alone, where it is.
    public var closedReason: String?
    /// What the last pages were like, one letter each: `g` good, `p` empty or reduced, `r` refused.
    public var recentReads: String
    /// Whether somebody is asking the host: still so when it is leased anew, a worker has died in the middle of it.
    public var isInUse: Bool
    /// The last answer to robots.txt; nil before the first.
    public var robots: Robots?
    /// "http" or "https": how the host's first known URL is asked; nil when that is not known.
    public var scheme: String?

    /// Makes a memory; empty for a host never asked.
    public init(
        wait: Duration = .zero, failures: Int = 0, delaySeconds: Double? = nil, closedReason: String? = nil,
        recentReads: String = "", isInUse: Bool = false, robots: Robots? = nil, scheme: String? = nil
    ) {
        self.wait = wait
        self.failures = failures
        self.delaySeconds = delaySeconds
        self.closedReason = closedReason
        self.recentReads = recentReads
        self.isInUse = isInUse
        self.robots = robots
        self.scheme = scheme
    }
}
