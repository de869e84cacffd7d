/// How many URLs the frontier takes from links, so that a site without end does not fill it. URLs an operator names are not counted.
public struct LinkBudgets: Sendable, Hashable {
    /// URLs of one host.
    public var urlsPerHost: Int
    /// URLs that differ in their query only.
    public var urlsPerPath: Int
    /// URLs new to one host in one day, UTC.
    public var newURLsPerDay: Int

    /// The defaults hold a site of millions of users; a list of a million rows, fifty to a page, fits into the path's.
    public init(urlsPerHost: Int = 20_000_000, urlsPerPath: Int = 20_000, newURLsPerDay: Int = 2_000_000) {
        self.urlsPerHost = urlsPerHost
        self.urlsPerPath = urlsPerPath
        self.newURLsPerDay = newURLsPerDay
    }
}
