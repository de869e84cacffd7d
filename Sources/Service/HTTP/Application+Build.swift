import CrawlEngine
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import Reports
public import Storage

/// Where the service listens.
public struct ServiceAddress: Sendable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 chooses a free one.
    public var port = 8080
    /// How many connections there may be, and how long each may keep us waiting.
    public var connections: ConnectionLimits

    /// Loopback, port 8080.
    public init(connections: ConnectionLimits) { self.connections = connections }
}

/// What the HTTP application answers from.
public struct ServiceSources: Sendable {
    let database: AnimeDatabase
    let holder: IndexHolder
    let maps: MapHolder
    let lists: KnownLists
    let access: ServiceAccess
    let health: RoleHealth
    let known: KnownSchedules?
    let programs: ChildPrograms
    let queries: SlowQueries
    let indexing: IndexMetrics
    let slowRequests: @Sendable () -> Duration?
    let sites: CrawlableSites
    let images: @Sendable () -> ImageCache?

    /// - Parameters:
    ///   - lists: People's lists.
    ///   - known: The schedules; nil where none can be read.
    ///   - programs: Runs what an operator asks for.
    ///   - queries: Counts slow queries.
    ///   - indexing: Counts what this process publishes of the index.
    ///   - slowRequests: What takes longer is logged; nil for none.
    ///   - sites: The sites there are spiders for.
    ///   - images: Keeps covers; nil where it cannot.
    public init(
        database: AnimeDatabase, holder: IndexHolder, maps: MapHolder = MapHolder(), lists: KnownLists,
        access: ServiceAccess, health: RoleHealth, known: KnownSchedules?, programs: ChildPrograms,
        queries: SlowQueries, indexing: IndexMetrics = IndexMetrics(),
        slowRequests: @escaping @Sendable () -> Duration?,
        sites: CrawlableSites, images: @escaping @Sendable () -> ImageCache? = { nil }
    ) {
        self.database = database
        self.holder = holder
        self.maps = maps
        self.lists = lists
        self.access = access
        self.health = health
        self.known = known
        self.programs = programs
        self.queries = queries
        self.indexing = indexing
        self.slowRequests = slowRequests
        self.sites = sites
        self.images = images
    }

    /// Does what an operator asks for, with the API or with buttons.
    fileprivate var performer: Operator { Operator(database: database, programs: programs, sites: sites) }

    /// All that the API can be asked.
    func endpoints(_ overviews: CrawlOverviews) -> [Endpoint] {
        RecommendationAPI(holder: holder, database: database, lists: lists).endpoints
            + CatalogueAPI(database: database).endpoints + MapAPI(holder: holder, maps: maps).endpoints
            + CrawlAPI(database: database, known: known, sites: sites, overviews: overviews).endpoints
            + SteeringAPI(performer: performer, lists: lists).endpoints
    }
}

extension ServiceSources {
    /// The page of whoever looks after the crawls.
    fileprivate func crawlPage(_ pages: Pages, _ overviews: CrawlOverviews) -> CrawlPage {
        let database = database
        return CrawlPage(
            pages: pages, overviews: overviews,
            sessions: OperatorSessions(access: access) { try await database.key(for: "operator sessions") },
            performer: performer)
    }
}

/// Puts the HTTP application together, so that a test can build it without a process.
///
/// - Parameter onListening: Called with the port once requests are taken; useful with port 0.
public func buildApplication(
    address: ServiceAddress, sources: ServiceSources, version: String, log: Logger,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
    let requests = RequestMetrics()
    let connections = OpenConnections(mostOfOneAddress: address.connections.mostOfOneAddress)
    let slow = SlowLog(log: log, bound: sources.slowRequests)
    router.add(middleware: MeasuringMiddleware(metrics: requests, slow: slow))
    router.add(middleware: HeaderMiddleware(access: sources.access))
    let pages = try Pages()
    router.add(middleware: ProblemMiddleware(pages: pages))
    router.add(middleware: GuardMiddleware(access: sources.access))
    // What is costly to count is counted once for the page and the API.
    let overviews = CrawlOverviews(
        database: sources.database, holder: sources.holder, known: sources.known, sites: sources.sites)
    let endpoints = sources.endpoints(overviews)
    router.add(middleware: MethodMiddleware(endpoints, root: "/api/v1"))
    let metrics = ServiceMetrics(sources, requests: requests, connections: connections, log: log)
    HealthRoutes(sources: sources, metrics: metrics).add(to: router)
    let api = router.group("api/v1")
    api.add(endpoints, access: sources.access)
    let description = Answer.json(
        OpenAPIDocument(endpoints: endpoints, schemas: APISchemas.all, version: version).value,
        tag: "openapi-\(version)")
    api.get("openapi.json") { request, _ in description.response(to: request) }
    pages.add(to: router)
    sources.crawlPage(pages, overviews).add(to: router)
    ImageRoutes(holder: sources.holder, access: sources.access, cache: sources.images).add(to: router)
    MapPage(pages: pages, holder: sources.holder, maps: sources.maps).add(to: router)
    FindPage(holder: sources.holder, lists: sources.lists, pages: pages).add(to: router)
    AnimePage(holder: sources.holder, database: sources.database, pages: pages).add(to: router)
    return Application(
        router: router,
        server: HTTPServerBuilder { responder in
            LoopBoundChannel(
                channel: HTTP1Channel(responder: responder, configuration: .init(connections, address.connections)))
        },
        configuration: .init(
            address: .hostname(address.host, port: address.port), serverName: "AnimeMatcher",
            // Not the process's log: each connection would be told of.
            availableConnectionsDelegate: MaximumAvailableConnections(address.connections.most)),
        onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
        logger: log)
}

extension HTTP1Channel.Configuration {
    fileprivate init(_ connections: OpenConnections, _ limits: ConnectionLimits) {
        self.init(
            additionalChannelHandlers: [ConnectionGuard(limits: limits, connections: connections)],
            idleTimeout: TimeAmount(limits.idle))
    }
}
