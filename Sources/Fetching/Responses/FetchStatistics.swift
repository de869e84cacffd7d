/// What a fetcher has done so far: connections, bytes and where the time went.
public struct FetchStatistics: Sendable, Hashable {
    /// Connections of one host, or of all.
    public struct Connections: Sendable, Hashable {
        /// Opened for a request.
        public var opened = 0
        /// Requests that found one open.
        public var reused = 0

        /// None.
        public init() {}
    }

    /// Hosts counted one by one; further ones count in the totals only.
    public static let maximumHosts = 1000

    /// Answers and failures; not what was refused before it started, or cancelled.
    public var transfers = 0
    /// Of all hosts.
    public var connections = Connections()
    /// By host as in the URL.
    public var hosts: [String: Connections] = [:]
    /// Of bodies, before decoding.
    public var wireBytes = 0
    /// Of bodies, after decoding.
    public var decodedBytes = 0
    /// The sum over all transfers, so the time of transfers that ran at once counts for each.
    public var timing = FetchTiming()

    /// Nothing yet.
    public init() {}

    mutating func add(host: String, opened: Int, wireBytes: Int, timing: FetchTiming) {
        transfers += 1
        self.wireBytes += wireBytes
        self.timing.add(timing)
        connections.add(opened: opened)
        if hosts[host] != nil || hosts.count < Self.maximumHosts { hosts[host, default: .init()].add(opened: opened) }
    }
}

extension FetchStatistics.Connections {
    fileprivate mutating func add(opened count: Int) {
        opened += count
        if count == 0 { reused += 1 }
    }
}
