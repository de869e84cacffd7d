public import Logging
public import ServiceLifecycle

/// Ends the crawls of this instance at shutdown; they outlive a ``CrawlService`` that fails, since they bear an outage of the database.
public struct FiresService: Service {
    let running: RunningFires

    /// Looks after the crawls that this program's `program` runs.
    public init(program: FireProgram, log: Logger) { running = RunningFires(program: program, log: log) }

    /// Waits for shutdown; then the crawls are stopped, and their fires are due again.
    public func run() async throws {
        try? await gracefulShutdown()
        await running.stop()
    }
}
