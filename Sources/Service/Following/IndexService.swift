import Indexing
public import Logging
public import ServiceLifecycle
public import Storage

/// Follows the change log: folds in what changed, publishes, and hands the new version to the requests.
public struct IndexService: Service {
    private let database: AnimeDatabase
    private let holder: IndexHolder
    private let log: Logger

    /// - Parameter holder: Where the newest version is put.
    public init(database: AnimeDatabase, holder: IndexHolder, log: Logger) {
        self.database = database
        self.holder = holder
        self.log = log
    }

    /// Runs until shutdown.
    public func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await holder.refresh(from: database)
            try await Indexer(database: database).follow { version, changes, elapsed in
                log.info(
                    "index version published",
                    metadata: ["version": "\(version.number)", "changes": "\(changes)", "took": "\(elapsed)"])
                do { try await holder.refresh(from: database) } catch {
                    log.error("the new version cannot be loaded: \(error)")
                }
            }
        }
    }
}
