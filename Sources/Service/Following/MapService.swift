import Indexing
public import Logging
public import ServiceLifecycle
public import Storage

/// Publishes a story map when stories or topics have changed enough.
public struct MapService: Service {
    /// After a failure it is looked again this late; how long a map is not made anew then is the publisher's to know.
    private static let pause: Duration = .seconds(5)

    private let publisher: MapPublisher
    private let log: Logger

    /// Draws the stories of this database.
    public init(database: AnimeDatabase, log: Logger) {
        publisher = MapPublisher(database: database)
        self.log = log
    }

    /// Runs until shutdown.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures = RepeatedFailure(first: Self.pause)
            while !Task.isCancelled {
                do { try await follow() } catch {
                    guard !Task.isCancelled else { return }
                    let (isNew, pause) = failures.failed("\(error)")
                    if isNew { log.error("no story map could be made; it is tried again: \(error)") }
                    try? await Task.sleep(for: pause)
                }
            }
        }
    }

    private func follow() async throws {
        try await publisher.follow { version in
            log.info(
                "story map published",
                metadata: [
                    "map": "\(version.number)", "anime": "\(version.description.anime)",
                    "cpu_seconds": "\(version.description.seconds)",
                ])
        }
    }
}
