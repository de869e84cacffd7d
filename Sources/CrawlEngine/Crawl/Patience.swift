import Foundation
public import Logging
import Synchronization

/// Waits for the database to come back, however long that takes, and tries again.
///
/// While it waits nothing new is fetched, since every worker soon waits for a commit or a lease. The operator can still stop the run.
public final class Patience: Sendable {
    /// Whether an error says that the database is away or busy, rather than that a call was wrong.
    private let isOutage: @Sendable (any Error) -> Bool
    /// Whether the run is to end.
    private let isStopping: @Sendable () -> Bool
    private let log: Logger
    /// When the outage under way began; nil while there is none.
    private let since = Mutex<ContinuousClock.Instant?>(nil)

    /// Between two tries; doubles up to the longest.
    private static let shortestPause: Duration = .milliseconds(100)
    private static let longestPause: Duration = .seconds(3)

    /// Makes one for all calls of a run.
    public init(
        log: Logger, isOutage: @escaping @Sendable (any Error) -> Bool, isStopping: @escaping @Sendable () -> Bool
    ) {
        self.log = log
        self.isOutage = isOutage
        self.isStopping = isStopping
    }

    /// How long the database has been away; nil when it is there.
    public var outage: Duration? { since.withLock { $0.map { $0.duration(to: .now) } } }

    /// Calls until it is not an outage that comes of it. The call must be one that may be repeated.
    public func untilAnswered<Value>(_ call: () async throws -> Value) async throws -> Value {
        var pause = Self.shortestPause
        while true {
            do {
                let value = try await call()
                noteReturn()
                return value
            } catch  where isOutage(error) && !isStopping() {
                note(error)
                try await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    private func note(_ error: any Error) {
        let isFirst = since.withLock { since in
            defer { since = since ?? .now }
            return since == nil
        }
        if isFirst { log.warning("the database is away; the crawl waits for it: \(error)") }
    }

    private func noteReturn() {
        let took = since.withLock { since in
            defer { since = nil }
            return since?.duration(to: .now)
        }
        if let took {
            log.notice(
                "the database is back, \(Int(took.seconds.rounded())) s after it was missed first; the crawl goes on")
        }
    }
}
