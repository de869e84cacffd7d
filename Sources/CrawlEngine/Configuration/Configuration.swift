public import CrawlDomain
public import Fetching
import WebStandards

/// What the operator decided: the database, who we are, and what each site may be asked for.
///
/// Read from a YAML file that is checked like a spider's: an unknown key or a bad value is an error with its place.
public struct Configuration: Sendable {
    /// What the operator says of one site.
    public struct Site: Sendable {
        /// The date on which the operator read the site's terms and found that they allow this crawl.
        public var acknowledgedTerms: CalendarDay?
        /// Overrides the spider's delay where it is longer, and always on this machine.
        public var delay: Duration?
        /// Overrides the spider's delay between two requests to any of the site's hosts, as `delay` does.
        public var siteDelay: Duration?
        /// Gap between two requests to one address, whatever hosts it serves; a second at least, but on this machine.
        public var addressDelay: Duration?
        /// Requests to the site in a UTC day; the smaller of this and the spider's counts.
        public var dailyBudget: Int?
        /// Requests to one of its hosts in a UTC day; the smaller of this and the spider's counts.
        public var hostDailyBudget: Int?
        /// Origin of a URL → origin to connect to instead: "https://example.org" → "http://127.0.0.1:8001".
        public var connectTo: [String: WebOrigin] = [:]
        /// How people's names are stored.
        public var userNames: UserNames?
        /// Host as in the URL → through which proxy it is asked; "*" for every other host.
        public var proxies: [String: FetchProxy] = [:]
        /// How long its raw pages are kept, and how many.
        public var pages = PageRetention()
        /// Hosts whose certificate is not checked.
        public var unverifiedTLS: Set<String> = []

        /// Nothing decided.
        public init() {}
    }

    /// How people's names are stored.
    public enum UserNames: String, Sendable, CaseIterable { case plain, hmac }

    /// Where MongoDB is. `MONGODB_URI` wins over it.
    public var mongodb = "mongodb://127.0.0.1:27017/?replicaSet=rs0"
    /// The database's name. `ANIMEMATCHER_DATABASE` wins over it.
    public var database = "anime_recommend"
    /// How a site's owner reaches the operator: "mailto:…" or an https page. Sent in the User-Agent.
    public var contact: String?
    /// Addresses that may be connected to besides public ones.
    public var allowedAddresses: [AddressBlock] = []
    /// PEM file of the certificates that are trusted instead of the system's.
    public var certificateAuthorities: String?
    /// How long after its newest date a list is kept; nil for as long as the site shows it.
    public var inactiveAfter: Duration?
    /// What the operator says of each site, by its name.
    public var sites: [String: Site] = [:]
    /// When which site is crawled; those that stand with a site and those that name theirs.
    public var schedules: [Schedule] = []

    /// How much of the change log's history is kept.
    public var changeRetention = ChangeRetention()
    /// Who is told of changes.
    public var webhooks: [Webhook] = []

    /// What the HTTP service is told.
    public var service = ServiceSettings()
    /// What takes so long that it is logged.
    public var slow = SlowBounds()

    /// The defaults: nothing public may be crawled.
    public init() {}
}

/// Scheme, host and port.
public struct WebOrigin: Sendable, Hashable {
    /// "http" or "https".
    public let scheme: String
    /// A name or an address.
    public let host: String
    /// Also where it is the scheme's own.
    public let port: UInt16

    /// Reads "http://127.0.0.1:8001"; nil for anything that says more or less than an http or https origin.
    public init?(_ text: String) {
        guard let url = WebURL(text), url.isHTTP, let host = url.host, let port = url.effectivePort,
            url.path == "/", url.query == nil, url.fragment == nil, url.username.isEmpty
        else { return nil }
        scheme = url.scheme
        self.host = host
        self.port = port
    }
}
