/// How the demo site presents itself.
public struct DemoSiteOptions: Sendable, Hashable {
    /// What pages call the site.
    public var siteName = "DemoAnimeList.invalid"
    /// Seconds in robots.txt's `Crawl-delay`; nil for no such line.
    public var crawlDelay: Double?
    /// The hours in robots.txt's `Visit-time`, such as `0600-0845`; nil for no such line.
    public var visitTime: String?
    /// robots.txt's `Request-rate`, such as `1/2`; nil for no such line.
    public var requestRate: String?
    /// Paths which robots.txt disallows. Pages link to some of them, so that a crawler's obedience shows in the access log.
    public var disallowed = [
        "/modules.php", "/dbchanges.php", "/login.php", "/register.php", "/myreviews.php", "/addtolist.php",
        "/reviews.php?id=",
    ]
    /// What links begin with; nil for "http://" and the request's Host header.
    public var origin: String?
    /// Names that the catalogue is spread over; none by default, then every name has all pages.
    public var hosts = VirtualHosts([])
    /// How many seconds pages say that they are fresh; nil for pages that want to be asked about each time.
    public var maximumAge: Int?
    /// Whether there are pages without end below `/trap/`, to which the home page links.
    public var hasTraps = false
    /// Extra markup in every page.
    public var padding: PagePadding

    /// Options; `pageKilobytes` of meaningless markup are added to every page.
    public init(
        crawlDelay: Double? = nil, pageKilobytes: Int = 0, origin: String? = nil, maximumAge: Int? = nil
    ) {
        self.crawlDelay = crawlDelay
        self.maximumAge = maximumAge
        self.origin = origin
        padding = PagePadding(kilobytes: pageKilobytes)
    }
}
