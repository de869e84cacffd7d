public import CrawlDomain

/// How far links are followed: a spider's `limits`. The defaults leave real catalogues alone and end endless ones.
public struct LinkLimits: Sendable, Hashable {
    /// Links followed from a seed.
    public var depth = 64
    /// Bytes of a URL.
    public var urlLength = 2_000
    /// Segments of a path.
    public var pathSegments = 24
    /// How often the same segments may follow one another.
    public var repeats = 2
    /// Parameters of a query.
    public var parameters = 16
    /// The largest number that says where a list goes on (`page`, `offset`, `limit`, `show` …).
    public var offset = 1_000_000
    /// Years from now to which a calendar may be turned.
    public var yearsAhead = 3
    /// Years before now to which a calendar may be turned.
    public var yearsBack = 130
    /// Whether session ids are taken out of URLs.
    public var stripsSessionIDs = true
    /// What the frontier takes.
    public var budgets = LinkBudgets()

    /// The defaults.
    public init() {}
}
