public import struct Foundation.Date
public import WebStandards

/// What one visit to a URL came to.
public struct VisitOutcome: Sendable {
    /// What becomes of the URL.
    public enum Disposition: Sendable, Hashable {
        /// Visited; again at `revisit`, or never.
        case done(revisit: Date?)
        /// Failed for a while; counts as an attempt.
        case retry(at: Date, reason: String)
        /// The host was not able to answer, which says nothing of the URL; counts no attempt.
        case postponed(until: Date, reason: String)
        /// The same page is at another address now; asked there. Counts as an attempt, so that a loop ends.
        case moved(to: WebURL)
        /// Given up.
        case dead(reason: String)

        /// Whether the URL was visited as it should be.
        public var isDone: Bool { if case .done = self { true } else { false } }
    }

    /// The URL that was visited.
    public let visited: LeasedURL
    /// What becomes of it.
    public var disposition: Disposition
    /// What our clock said when that was decided: its times count from here, wherever that clock is set until they are stored.
    public let decidedAt: Date
    /// HTTP status of the last answer; nil when there was none.
    public let status: Int?
    /// What the page gave.
    public var items: [Item]
    /// Items of which the page says that there are none.
    public var absent: [AbsentItem] = []
    /// Where its links lead.
    public var discovered: [FrontierURL]
    /// The raw answer, to be kept.
    public var page: RawPage?
    /// Whether the raw answer was not understood: it is kept beside the last one that was.
    public var isUnread = false
    /// What such a page gives in the first place: one that lacks it is not understood, whatever else it has.
    public var mainType: ItemType?
    /// How the URL can be asked for what is new from now on; nil when the whole page is needed.
    public var revalidation: Revalidation?
    /// When it is visited again, by whether it has changed; counts where the disposition is `done`.
    public var revisit: RevisitFork?

    /// Makes an outcome.
    public init(
        visited: LeasedURL, disposition: Disposition, decidedAt: Date = Date(), status: Int?, items: [Item] = [],
        discovered: [FrontierURL] = [], page: RawPage? = nil, revalidation: Revalidation? = nil,
        revisit: RevisitFork? = nil
    ) {
        self.visited = visited
        self.disposition = disposition
        self.decidedAt = decidedAt
        self.status = status
        self.items = items
        self.discovered = discovered
        self.page = page
        self.revalidation = revalidation
        self.revisit = revisit
    }

    /// Whether the page is shorter than three quarters of what it was when it was last read well; nil where either is not known.
    public var isShorter: Bool? {
        guard let length = page?.length, let usual = visited.length else { return nil }
        return length < usual / 4 * 3
    }

    /// Whether any item that such a page gives in the first place is one of `refused`.
    public func isRefused(_ refused: Set<ItemIdentity>) -> Bool {
        let main = mainType ?? items.first?.type
        return items.contains { $0.type == main && refused.contains($0.identity) }
    }
}
