import Indexing
public import Logging
import Reports
public import ServiceLifecycle
public import Storage

/// Follows the change log: folds in what changed and publishes.
public struct IndexService: Service {
    /// After a failure it is tried again this late, so that an outage of the database does not end the service.
    private static let pause: Duration = .seconds(5)

    private let database: AnimeDatabase
    private let leadership: Leadership?
    private let metrics: IndexMetrics
    private let log: Logger

    /// Indexes this database.
    ///
    /// - Parameters:
    ///   - leadership: Under which it publishes.
    ///   - metrics: Where what was published is noted.
    public init(database: AnimeDatabase, leadership: Leadership?, metrics: IndexMetrics, log: Logger) {
        self.database = database
        self.leadership = leadership
        self.metrics = metrics
        self.log = log
    }

    /// Runs until shutdown.
    ///
    /// - Throws: The third failure in a row.
    public func run() async throws {
        let failures = FailureStreak()
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let start = ContinuousClock.now
                do { try await follow(failures) } catch StorageError.leadershipLost(let role) {
                    // Whoever made this part will be told, and makes another one when it leads again.
                    log.warning(
                        "another instance has taken over; what was computed is not published",
                        metadata: ["part": "\(role)"])
                } catch {
                    if !Task.isCancelled {
                        log.error("indexing failed and is tried again: \(error)")
                        try failures.failed(error, afterRunning: start.duration(to: .now))
                    }
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private func follow(_ failures: FailureStreak) async throws {
        try await Indexer(database: database, leadership: leadership).follow { version, changes, elapsed in
            failures.succeeded()
            metrics.record(changes: changes, seconds: elapsed.inSeconds)
            log.info(
                "index version published",
                metadata: ["version": "\(version.number)", "changes": "\(changes)", "took": "\(elapsed)"])
            SpareMemory.giveBack()
        }
    }
}
