import Synchronization

/// The demo site on a port of 127.0.0.1, in this process.
///
/// ```swift
/// let site = try DemoSiteServer(catalogue: DemoCatalogue(animeCount: 50, userCount: 20))
/// defer { site.stop() }
/// print("http://127.0.0.1:\(site.port)/topanime.php")
/// ```
public final class DemoSiteServer: Sendable {
    /// The port it listens on.
    public let port: UInt16
    /// What was asked of it.
    public let log: AccessLog
    private let site: any Site
    private let loop: ServerLoop
    private let misbehaviour: Misbehaviour
    private let observer = RequestObserver()

    /// Serves a fictional catalogue.
    ///
    /// - Parameters:
    ///   - behaviour: What goes wrong; nothing by default.
    ///   - port: 0 takes any free one.
    ///   - log: Where requests are noted.
    /// - Throws: `.listen` when the port is taken.
    public convenience init(
        catalogue: DemoCatalogue, options: DemoSiteOptions = DemoSiteOptions(), behaviour: Behaviour = Behaviour(),
        port: UInt16 = 0, log: AccessLog = AccessLog()
    ) throws(DemoSiteError) {
        try self.init(
            site: CatalogueSite(catalogue: catalogue, options: options), behaviour: behaviour, port: port, log: log)
    }

    /// Serves recorded pages.
    public convenience init(
        recorded: RecordedPages, options: DemoSiteOptions = DemoSiteOptions(), behaviour: Behaviour = Behaviour(),
        port: UInt16 = 0, log: AccessLog = AccessLog()
    ) throws(DemoSiteError) {
        try self.init(site: RecordedSite(pages: recorded, options: options), behaviour: behaviour, port: port, log: log)
    }

    private init(site: any Site, behaviour: Behaviour, port: UInt16, log: AccessLog) throws(DemoSiteError) {
        let misbehaviour = Misbehaviour(behaviour)
        self.site = site
        self.misbehaviour = misbehaviour
        self.log = log
        loop = try ServerLoop(port: port, log: log) { [observer] request in
            observer.note(request)
            return misbehaviour.apply(to: request) { site.respond(to: request) }
        }
        self.port = loop.listener.port
        loop.start()
    }

    /// Changes the catalogue between two requests, so that a second crawl sees a difference. Does nothing for recorded pages.
    public func update(_ change: (inout DemoCatalogue) throws -> Void) rethrows {
        guard let site = site as? CatalogueSite else { return }
        try site.update(change)
    }

    /// The catalogue as it is now, nil for recorded pages.
    public var catalogue: DemoCatalogue? { (site as? CatalogueSite)?.catalogue }

    /// Behaves differently from the next request on; counters begin anew.
    public func setBehaviour(_ behaviour: Behaviour) { misbehaviour.set(behaviour) }

    /// Calls back for each request, by host and target, before it is answered, on the thread that answers it; nil ends that.
    public func onRequest(_ body: (@Sendable (_ host: String, _ target: String) -> Void)?) { observer.set(body) }

    /// Accepts nothing more, ends idle connections, lets answers under way end, and returns when all is closed (at most 5 s).
    public func stop() { loop.stop() }
}

/// Tells somebody of each request.
private final class RequestObserver: Sendable {
    private let body = Mutex<(@Sendable (String, String) -> Void)?>(nil)

    func set(_ body: (@Sendable (String, String) -> Void)?) { self.body.withLock { $0 = body } }

    func note(_ request: Request) { body.withLock { $0 }?(request.hostName, request.target) }
}

/// Something that answers requests; called from several threads.
protocol Site: Sendable {
    func respond(to request: Request) -> Response
}
