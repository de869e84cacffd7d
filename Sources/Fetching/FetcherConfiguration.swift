/// What holds for every request of a fetcher.
public struct FetcherConfiguration: Sendable {
    /// The User-Agent sent with every request.
    public var userAgent: String
    /// Transfers under way at once; further requests wait their turn in order of arrival.
    public var maximumTransfers = 32
    /// Connections kept open for the next request.
    public var maximumIdleConnections = 32
    /// A connection older than this is not used again, so that a host that moved is noticed.
    public var maximumConnectionAge: Duration = .seconds(600)
    /// Hosts whose certificate is not checked; lower-case names as in the URL. A response says when that was so.
    public var unverifiedTLSHosts: Set<String> = []
    /// PEM file of trusted certificates; nil for the system's.
    public var certificateAuthorities: String?

    /// The defaults, under this name.
    public init(userAgent: String) {
        self.userAgent = userAgent
    }
}
