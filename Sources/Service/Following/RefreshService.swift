public import Logging
public import ServiceLifecycle

/// Hands the newest of what is published to the requests, whichever process published it.
public struct RefreshService: Service {
    private let what: String
    private let pause: Duration
    private let log: Logger
    private let refresh: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - what: What is refreshed, for the log.
    ///   - pause: Between two looks; one that finds nothing new reads a small document.
    ///   - refresh: Loads the newest where it is another one than the one held.
    public init(
        _ what: String, every pause: Duration, log: Logger, refresh: @escaping @Sendable () async throws -> Void
    ) {
        self.what = what
        self.pause = pause
        self.log = log
        self.refresh = refresh
    }

    /// Looks until shutdown.
    ///
    /// - Throws: The third failure in a row.
    public func run() async throws {
        let failures = FailureStreak()
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await refresh()
                    failures.succeeded()
                } catch {
                    if !Task.isCancelled {
                        log.error("the newest \(what) cannot be loaded: \(error)")
                        try failures.failed(error)
                    }
                }
                try? await Task.sleep(for: pause)
            }
        }
    }
}
