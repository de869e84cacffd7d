public import CrawlDomain
public import Fetching
import Foundation
public import WebStandards

/// How one site is crawled in one run: the spider with what the operator decided.
public struct CrawlProfile: Sendable {
    /// The name robots.txt knows us by.
    public static let productToken = "AnimeMatcher"
    /// No public host is asked more often than this, whatever its robots.txt and our spider say.
    public static let publicFloor: Duration = .seconds(1)

    /// How to read the site.
    public let spider: Spider
    /// Who crawls, in leases: machine, process and a random part.
    public let owner: String
    /// The run, as changes name it.
    public let cause: ChangeCause
    /// Name, version and contact, sent with every request.
    public let userAgent: String
    /// How people's names are stored.
    public let userNames: UserNaming
    /// How failed URLs are asked again.
    public var retry = RetryPolicy()
    /// How long a run waits for the next URL to become due before it ends.
    public var patience: Duration = .seconds(60)

    /// The run's cookies; nil for a spider that uses none.
    public let cookies: CookieStore?

    /// What the spider sends with its pages.
    let spiderFields: SpiderFields
    /// What must not be kept of answers.
    let spiderSecrets: SpiderSecrets
    private let site: Configuration.Site
    private let certificateAuthorities: String?
    private let allowedAddresses: [AddressBlock]
    /// Whether the operator has allowed hosts that are not this machine.
    private let mayAskPublicHosts: Bool

    /// Puts spider and configuration together.
    ///
    /// - Parameters:
    ///   - starts: Where the run begins, instead of the spider's own start pages.
    ///   - run: The run's id.
    ///   - userKey: The secret that people's names are hashed with.
    ///   - environment: What header fields of the spider are filled in from; nil for this process's own.
    /// - Throws: ``CrawlPermissionError`` when a public host would be asked without contact or acknowledged terms;
    ///   ``MissingVariableError``; ``UserNaming/MissingKeyError``; ``FetchError`` when the spider uses cookies and there is no public suffix list.
    public init(
        spider: Spider, configuration: Configuration, starts: [WebURL], run: String, version: String, userKey: [UInt8]?,
        environment: [String: String]? = nil
    ) throws {
        let site = configuration.sites[spider.site] ?? .init()
        self.spider = spider
        self.site = site
        allowedAddresses = configuration.allowedAddresses
        certificateAuthorities = configuration.certificateAuthorities
        cookies = spider.usesCookies ? CookieStore(suffixes: try PublicSuffixList.system()) : nil
        cause = ChangeCause(.crawl, id: run)
        let process = ProcessInfo.processInfo
        owner = "\(process.hostName):\(process.processIdentifier):\(UUID().uuidString.prefix(8))"
        userAgent = "\(Self.productToken)/\(version)\(configuration.contact.map { " (+\($0))" } ?? "")"
        let refusal = CrawlPermissionError(
            spider: spider, configuration: configuration,
            lacksUserKey: (site.userNames ?? .hmac) == .hmac && userKey == nil, now: Date())
        mayAskPublicHosts = refusal == nil
        let isLocal = Self.areLocal(starts.isEmpty ? spider.seeds.map(\.url) : starts, site: site)
        if let refusal, !isLocal { throw refusal }
        spiderFields = try SpiderFields(of: spider, environment: environment ?? process.environment)
        spiderSecrets = SpiderSecrets(of: spider, environment: environment ?? process.environment)
        userNames = try Self.naming(site: site, isLocal: isLocal, key: userKey)
    }

    /// How a spider's people are stored when nothing is asked of the site, as when stored pages are read again.
    ///
    /// - Throws: ``UserNaming/MissingKeyError``.
    public static func naming(
        of spider: Spider, configuration: Configuration, userKey: [UInt8]?
    ) throws(UserNaming.MissingKeyError) -> UserNaming {
        let site = configuration.sites[spider.site] ?? .init()
        return try naming(site: site, isLocal: areLocal(spider.seeds.map(\.url), site: site), key: userKey)
    }

    private static func naming(
        site: Configuration.Site, isLocal: Bool, key: [UInt8]?
    ) throws(UserNaming.MissingKeyError) -> UserNaming {
        try UserNaming(site.userNames ?? (isLocal ? .plain : .hmac), key: key)
    }

    /// Whether there are URLs and all of them lead to this machine only.
    private static func areLocal(_ urls: [WebURL], site: Configuration.Site) -> Bool {
        !urls.isEmpty && urls.allSatisfy { isLocal($0, site: site) }
    }

    /// Whether a URL may be asked for at all: one of the spider's hosts, and one the operator has allowed.
    public func isInScope(_ url: WebURL) -> Bool {
        spider.isInScope(url) && (mayAskPublicHosts || Self.isLocal(url, site: site))
    }

    /// What holds for every request of the run.
    public var fetcherConfiguration: FetcherConfiguration {
        var configuration = FetcherConfiguration(userAgent: userAgent)
        configuration.unverifiedTLSHosts = site.unverifiedTLS
        configuration.certificateAuthorities = certificateAuthorities
        return configuration
    }

    /// What the operator should be reminded of when a run begins.
    var warnings: [String] {
        site.unverifiedTLS.sorted().map {
            "\($0) is asked without checking its certificate, as sites.\(spider.site).unverified_tls says"
        }
    }

    /// Through which proxy a URL is asked; this machine never is through the one for every other host.
    private func proxy(for url: WebURL) -> FetchProxy? {
        guard let host = url.host, site.connectTo[url.origin] == nil else { return nil }
        return site.proxies[host] ?? (Self.isLocal(url, site: site) ? nil : site.proxies["*"])
    }

    /// The request for a URL, with where to connect and what is allowed.
    public func request(for url: WebURL) -> FetchRequest {
        let target = site.connectTo[url.origin].map { origin in
            ConnectTarget(
                host: origin.host, port: origin.port, plainHTTP: url.scheme == "https" && origin.scheme == "http")
        }
        // Naming this machine in a URL or a map is naming its addresses; a name that only resolves to them is not.
        let local = Self.isLocal(url, site: site) ? AddressRules.loopback.allowed : []
        return FetchRequest(
            url: url,
            headers: [
                "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5",
                "Accept-Language": "en",
            ],
            connectTo: target, proxy: proxy(for: url),
            allowedAddresses: AddressRules(allowing: allowedAddresses + local), cookies: cookies)
    }

    /// The request for a robots.txt, which may be cut: its first part holds as well.
    func request(for question: RobotsLookup.Question) -> FetchRequest {
        var request = request(for: question.url)
        request.headers.append(contentsOf: question.condition)
        request.limits.maximumBodyBytes = RobotsLookup.maximumBytes
        request.limits.overflow = .truncate
        return request
    }

    /// What is promised to a host that asks for this delay.
    public func promise(to url: WebURL, crawlDelay: Duration?) -> HostSchedule.Promise {
        let isLocal = Self.isLocal(url, site: site)
        let own = spider.politeness.delay ?? .zero
        // On this machine the operator may ask as fast as they like; elsewhere they can only be slower than the spider.
        let delay = isLocal ? site.delay ?? own : max(own, site.delay ?? .zero)
        return HostSchedule.Promise(
            floor: isLocal ? .zero : Self.publicFloor, spiderDelay: delay, crawlDelay: crawlDelay)
    }

    /// What is promised to a host, by the robots.txt it answered last; nil when the host has no address.
    public func promise(to host: String, remembering memory: HostMemory) -> HostSchedule.Promise? {
        let delay = memory.robots.flatMap { RobotsGate($0, agent: Self.productToken).crawlDelay(at: Date()) }
        return robotsURL(host: host).map { promise(to: $0, crawlDelay: delay) }
    }

    /// The shortest delay promised to the hosts of the start pages, as far as is known before their robots.txt is read.
    var usualDelay: Duration {
        spider.seeds.map { promise(to: $0.url, crawlDelay: nil).delay }.min() ?? spider.politeness.delay ?? .zero
    }

    /// What the hosts of the start pages leave for revisits, as far as is known before their robots.txt is read.
    var revisitBudget: RevisitBudget {
        let delays = spider.seeds.map { seed in
            let shared = sharedDelays(at: seed.url)
            return max(promise(to: seed.url, crawlDelay: nil).delay, shared.site, shared.address)
        }
        let hosts = Set(spider.seeds.map(\.host)).count
        return RevisitBudget(
            delay: delays.max() ?? max(Self.publicFloor, spider.politeness.delay ?? .zero),
            dailyLimit: [dailyLimit, hosts > 0 ? hostDailyLimit.map { $0 * hosts } : nil].compactMap(\.self).min())
    }

    /// Requests to the site in a day, the smaller of what spider and operator say.
    private var dailyLimit: Int? { [spider.politeness.dailyBudget, site.dailyBudget].compactMap(\.self).min() }

    /// The same for each of its hosts.
    private var hostDailyLimit: Int? {
        [spider.politeness.hostDailyBudget, site.hostDailyBudget].compactMap(\.self).min()
    }

    /// What is promised to all hosts of the site together, and to all hosts at the address that a URL leads to.
    func sharedDelays(at url: WebURL) -> (site: Duration, address: Duration) {
        let (own, operators) = (spider.politeness.siteDelay ?? .zero, site.siteDelay)
        guard !Self.isLocal(url, site: site) else { return (operators ?? own, site.addressDelay ?? .zero) }
        return (max(own, operators ?? .zero), max(Self.publicFloor, site.addressDelay ?? .zero))
    }

    /// The day's budgets, the smaller of what spider and operator say; nil where neither says anything.
    func budgets(of store: any RequestBudget) -> RequestBudgets? {
        guard dailyLimit != nil || hostDailyLimit != nil else { return nil }
        return RequestBudgets(store: store, site: spider.site, limit: dailyLimit, hostLimit: hostDailyLimit)
    }

    /// Where a host's robots.txt is; the host as the frontier names it.
    ///
    /// - Parameter scheme: How the host's first known URL is asked. Without one it is that of a start page on the host, else https, and
    ///   http on this machine.
    func robotsURL(host: String, scheme: String? = nil) -> WebURL? {
        let seed = scheme ?? spider.seeds.first { $0.host == host }?.url.scheme
        return WebURL("\(seed ?? "https")://\(host)/robots.txt").flatMap { url in
            seed == nil && Self.isLocal(url, site: site) ? WebURL("http://\(host)/robots.txt") : url
        }
    }

    /// Whether a URL leads to this machine only.
    func isLocal(_ url: WebURL) -> Bool { Self.isLocal(url, site: site) }

    private static func isLocal(_ url: WebURL, site: Configuration.Site) -> Bool {
        let host = site.connectTo[url.origin]?.host ?? url.host ?? ""
        if host == "localhost" { return true }
        return IPAddress(host).map { AddressClass(of: $0) == .loopback } ?? false
    }
}
