public import WebStandards

/// A link worth following, found on a page.
public struct DiscoveredLink: Sendable, Hashable {
    /// Where it leads, as written on the page and resolved against its base.
    public let url: WebURL
    /// The spider's name for the kind of page it leads to.
    public let page: String
    /// Larger is sooner.
    public let priority: Int
    /// What the page it stands on says of the state of the one it leads to; nil when nothing.
    public let signal: LinkSignal?
    /// The dedupe key of what it asks for, where the extractor knows it; it follows from the rest, and so is no part of what is compared.
    public let fingerprint: URLFingerprint?

    /// Makes a link.
    public init(
        url: WebURL, page: String, priority: Int, signal: LinkSignal? = nil, fingerprint: URLFingerprint? = nil
    ) {
        self.url = url
        self.page = page
        self.priority = priority
        self.signal = signal
        self.fingerprint = fingerprint
    }

    /// Whether both lead to the same page and say the same of it.
    public static func == (left: Self, right: Self) -> Bool {
        left.url == right.url && left.page == right.page && left.priority == right.priority
            && left.signal == right.signal
    }

    /// Feeds the hasher what a page can make many different ones of; the page kind and the priority are the spider's.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(url)
        hasher.combine(signal)
    }
}

/// Everything one page gave.
public struct Extraction: Sendable {
    /// The spider's name for the kind of page this is; nil when no kind matched.
    public var page: String?
    /// Items that passed validation.
    public var items: [Item]
    /// Links worth following.
    public var links: [DiscoveredLink]
    /// What was left out, and why.
    public var drops: [Drop]
    /// The rest of a list that is served in several answers and must be stored as one item.
    public var continuation: DiscoveredLink?
    /// Whether the raw answer may be kept: not where the page asks not to (`noarchive`), nor where nothing would read it again.
    public var mayBeKept: Bool
    /// Whether the page has more links than are taken from one page.
    public var lacksLinks = false

    /// Makes an extraction.
    public init(
        page: String? = nil, items: [Item] = [], links: [DiscoveredLink] = [], drops: [Drop] = [],
        continuation: DiscoveredLink? = nil, mayBeKept: Bool = true
    ) {
        self.page = page
        self.items = items
        self.links = links
        self.drops = drops
        self.continuation = continuation
        self.mayBeKept = mayBeKept
    }

    /// Whether the page as a whole was refused; then it has no items and must not replace anything stored.
    public var pageDrop: Drop? { drops.first { $0.type == nil } }
}
