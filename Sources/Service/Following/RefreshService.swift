import Indexing
public import Logging
public import ServiceLifecycle
public import Storage

/// Hands the newest published version to the requests, whichever process published it.
public struct RefreshService: Service {
    private let database: AnimeDatabase
    private let holder: IndexHolder
    private let log: Logger

    /// - Parameter holder: Where the newest version is put.
    public init(database: AnimeDatabase, holder: IndexHolder, log: Logger) {
        self.database = database
        self.holder = holder
        self.log = log
    }

    /// Looks once a second until shutdown; asking for the newest version reads one small document.
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
                        log.error("the newest index version cannot be loaded: \(error)")
                        try failures.failed(error)
                    }
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
