public import CrawlDomain
public import Logging
public import ServiceLifecycle
public import Storage

/// Removes changes that the policy lets go, once an hour, a bounded number at a time.
public struct CompactionService: Service {
    private static let pause: Duration = .seconds(3_600)
    /// A hundred thousand changes at once at most.
    private static let batches = 100

    private let database: AnimeDatabase
    private let retention: ChangeRetention
    private let log: Logger

    /// Compacts the log of this database.
    public init(database: AnimeDatabase, retention: ChangeRetention, log: Logger) {
        self.database = database
        self.retention = retention
        self.log = log
    }

    /// Runs until shutdown.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let done = try await database.changes.compactor(retention).run(batches: Self.batches)
                    if done.removed > 0 {
                        log.info("change log compacted", metadata: ["removed": "\(done.removed)"])
                    }
                    if !done.overtaken.isEmpty {
                        log.warning(
                            "consumers have missed changes that are gone",
                            metadata: ["consumers": "\(done.overtaken.joined(separator: ", "))"])
                    }
                } catch {
                    if !Task.isCancelled { log.error("the change log could not be compacted: \(error)") }
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
