public import Logging
public import ServiceLifecycle
public import Storage

/// Hands the newest published map to the requests, whichever process published it.
public struct MapRefreshService: Service {
    private let database: AnimeDatabase
    private let holder: MapHolder
    private let log: Logger

    /// - Parameter holder: Where the newest map is put.
    public init(database: AnimeDatabase, holder: MapHolder, log: Logger) {
        (self.database, self.holder, self.log) = (database, holder, log)
    }

    /// Looks every other second until shutdown; asking for the newest map reads one small document.
    ///
    /// - Throws: The third failure in a row.
    public func run() async throws {
        let failures = FailureStreak()
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await holder.refresh(from: database)
                    failures.succeeded()
                } catch {
                    if !Task.isCancelled {
                        log.error("the newest story map cannot be loaded: \(error)")
                        try failures.failed(error)
                    }
                }
                try? await Task.sleep(for: .seconds(2))
            }
        }
    }
}
