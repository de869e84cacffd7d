import Indexing
public import Logging
public import ServiceLifecycle
public import Storage

/// Follows the change log: folds in what changed and publishes.
public struct IndexService: Service {
    /// After a failure it is tried again this late, so that an outage of the database does not end the service.
    private static let pause: Duration = .seconds(5)

    private let database: AnimeDatabase
    private let log: Logger

    /// Indexes this database.
    public init(database: AnimeDatabase, log: Logger) {
        self.database = database
        self.log = log
    }

    /// Runs until shutdown.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await follow() } catch { log.error("indexing failed and is tried again: \(error)") }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private func follow() async throws {
        try await Indexer(database: database).follow { version, changes, elapsed in
            log.info(
                "index version published",
                metadata: ["version": "\(version.number)", "changes": "\(changes)", "took": "\(elapsed)"])
        }
    }
}
