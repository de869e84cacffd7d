public import Hummingbird
public import Logging
public import Storage

/// Where the service listens.
public struct ServiceAddress: Sendable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 chooses a free one.
    public var port = 8080

    /// Loopback, port 8080.
    public init() {}
}

/// Puts the HTTP application together, so that a test can build it without a process.
///
/// - Parameter onListening: Called with the port once requests are taken; useful with port 0.
public func buildApplication(
    address: ServiceAddress, access: ServiceAccess, holder: IndexHolder, database: AnimeDatabase, log: Logger,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    let router = Router(context: ServiceContext.self)
    router.add(middleware: HeaderMiddleware())
    router.add(middleware: ProblemMiddleware())
    router.add(middleware: GuardMiddleware(access: access))
    HealthRoutes(holder: holder, database: database).add(to: router)
    RecommendationRoutes(holder: holder, database: database).add(to: router.group("api/v1"))
    try FindPage(holder: holder, database: database).add(to: router)
    return Application(
        router: router,
        configuration: .init(address: .hostname(address.host, port: address.port), serverName: "AnimeMatcher"),
        onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
        logger: log)
}
