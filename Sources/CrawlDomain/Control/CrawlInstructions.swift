/// What the operator asks of all runs of a site, as it stands in the database. It outlives the runs.
public struct CrawlInstructions: Sendable, Hashable {
    /// What is asked for one host.
    public struct Host: Sendable, Hashable {
        /// Set while the host is not to be asked.
        public var pause: Pause?
        /// The least delay between two requests, in seconds; wins over the site's.
        public var delaySeconds: Double?

        /// Asks for nothing unless told.
        public init(pause: Pause? = nil, delaySeconds: Double? = nil) {
            self.pause = pause
            self.delaySeconds = delaySeconds
        }
    }

    /// Set while no host of the site is to be asked.
    public var pause: Pause?
    /// The least delay between two requests to one host, in seconds. It makes a crawl slower than promised, never faster.
    public var delaySeconds: Double?
    /// Runs that are to end, by their ids.
    public var stoppedRuns: Set<String>
    /// Hosts for which something is asked.
    public var hosts: [String: Host]

    /// Asks for nothing unless told.
    public init(
        pause: Pause? = nil, delaySeconds: Double? = nil, stoppedRuns: Set<String> = [], hosts: [String: Host] = [:]
    ) {
        self.pause = pause
        self.delaySeconds = delaySeconds
        self.stoppedRuns = stoppedRuns
        self.hosts = hosts
    }

    /// Whether a host is not to be asked, for its own sake or the site's.
    public func isPaused(_ host: String) -> Bool { pause != nil || hosts[host]?.pause != nil }

    /// The delay the operator asks for on a host; nil when none.
    public func delay(of host: String) -> Duration? {
        (hosts[host]?.delaySeconds ?? delaySeconds).map { .seconds($0) }
    }

    /// Hosts that are paused for their own sake.
    public var pausedHosts: Set<String> { Set(hosts.filter { $0.value.pause != nil }.keys) }
}
