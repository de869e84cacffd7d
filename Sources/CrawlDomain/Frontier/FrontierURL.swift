public import WebStandards

/// A URL the crawl knows, before it is leased.
public struct FrontierURL: Sendable, Hashable {
    /// The URL to ask for, without fragment and credentials.
    public let url: WebURL
    /// The dedupe key: the fingerprint of its canonical form.
    public let fingerprint: URLFingerprint
    /// The spider's site.
    public let site: String
    /// The spider's name for the kind of page.
    public let page: String
    /// Larger is sooner.
    public let priority: Int
    /// Links followed from a seed.
    public let depth: Int
    /// The page it was found on; nil for a seed.
    public let via: String?
    /// Redirects in a row that led here from a URL that a page links to; 0 for that URL itself.
    public let redirects: Int
    /// What the page it was found on says of its state; nil when nothing.
    public let signal: LinkSignal?

    /// Makes a URL to crawl.
    public init(
        url: WebURL, fingerprint: URLFingerprint, site: String, page: String, priority: Int, depth: Int, via: String?,
        redirects: Int = 0, signal: LinkSignal? = nil
    ) {
        self.url = url
        self.fingerprint = fingerprint
        self.site = site
        self.page = page
        self.priority = priority
        self.depth = depth
        self.via = via
        self.redirects = redirects
        self.signal = signal
    }
}

extension FrontierURL {
    /// The unit of politeness it belongs to.
    public var host: String { url.politenessHost }
}

extension WebURL {
    /// Host and port, the unit of politeness: "127.0.0.1:8001"; the port is left out where it is the scheme's own.
    public var politenessHost: String { port.map { "\(host ?? ""):\($0)" } ?? host ?? "" }
}

/// Where a URL stands: `due → leased → done | retry(at) | dead`.
public enum FrontierState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Waiting for its due time.
    case due
    /// Handed to the worker that holds the host; due again when somebody else takes the host.
    case leased
    /// Fetched and stored; due again at its revisit time, if it has one.
    case done
    /// Failed, to be asked again at its due time.
    case retry
    /// Given up after too many attempts, or for a reason that does not go away; listed, and retried by command.
    case dead
}

/// The exclusive right to ask one host, so that politeness has one owner.
public struct HostLease: Sendable, Hashable {
    /// The spider's site.
    public let site: String
    /// Host and port as in the URL: "127.0.0.1:8001".
    public let host: String
    /// The worker that holds it.
    public let owner: String
    /// Grows with each lease of this host; a write under an older token is refused.
    public let token: Int

    /// Makes a lease.
    public init(site: String, host: String, owner: String, token: Int) {
        self.site = site
        self.host = host
        self.owner = owner
        self.token = token
    }
}

/// A URL a worker may fetch now.
public struct LeasedURL: Sendable, Hashable {
    /// The URL itself.
    public let entry: FrontierURL
    /// How often it was tried before, since it last succeeded.
    public let attempts: Int
    /// The hash of the page when it was last stored.
    public let contentHash: ContentHash?
    /// Bytes of the page when it was last read and stored; nil where that is not known.
    public let length: Int?
    /// How to ask only for what is new; nil when the whole page is needed.
    public let revalidation: Revalidation?
    /// Whether a worker died while it held this URL, perhaps because of it: to be marked before it is asked.
    public let isSuspect: Bool
    /// What earlier visits have told of how often it changes; nil before the first.
    public let revisit: RevisitRecord?

    /// Makes a leased URL.
    public init(
        entry: FrontierURL, attempts: Int, contentHash: ContentHash?, length: Int? = nil,
        revalidation: Revalidation? = nil,
        isSuspect: Bool = false, revisit: RevisitRecord? = nil
    ) {
        self.entry = entry
        self.attempts = attempts
        self.contentHash = contentHash
        self.length = length
        self.revalidation = revalidation
        self.isSuspect = isSuspect
        self.revisit = revisit
    }
}
