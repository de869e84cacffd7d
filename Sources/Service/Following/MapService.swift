import Indexing
public import Logging
public import ServiceLifecycle
public import Storage

/// Publishes a story map when stories or topics have changed enough.
public struct MapService: Service {
    private let publisher: MapPublisher
    private let log: Logger

    /// Draws the stories of this database.
    public init(database: AnimeDatabase, log: Logger) {
        publisher = MapPublisher(database: database)
        self.log = log
    }

    /// Runs until shutdown; a failure is the supervisor's to repair.
    public func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await publisher.follow { version in
                    log.info(
                        "story map published",
                        metadata: [
                            "map": "\(version.number)", "anime": "\(version.description.anime)",
                            "cpu_seconds": "\(version.description.seconds)",
                        ])
                }
            } catch {
                guard Task.isCancelled else { throw error }
            }
        }
    }
}
