public import Logging
public import ServiceLifecycle

/// Hears whose lists are written, so that the others need not be read again for each request.
public struct ListService: Service {
    /// After a failure it is tried again this late, and later each time; lists are read for each request meanwhile.
    private static let pause: Duration = .seconds(2)
    /// Who listened for so long did so in between: longer than the database takes to say that it is away.
    private static let wellAfter: Duration = .seconds(60)
    /// How often it is heard that nothing was written.
    private static let interval: Duration = .milliseconds(250)

    private let lists: KnownLists
    private let holder: IndexHolder
    private let log: Logger

    /// Listens for these, which requests read for the index that is held.
    public init(_ lists: KnownLists, holder: IndexHolder, log: Logger) {
        (self.lists, self.holder, self.log) = (lists, holder, log)
    }

    /// Runs until shutdown.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures = RepeatedFailure(first: Self.pause)
            while !Task.isCancelled {
                let start = ContinuousClock.now
                do { try await lists.listen(every: Self.interval) { holder.index } } catch {
                    guard !Task.isCancelled else { return }
                    if start.duration(to: .now) > Self.wellAfter { failures.worked() }
                    let (isNew, pause) = failures.failed("\(error)")
                    if isNew { log.warning("lists are read for each request, until it is heard again: \(error)") }
                    try? await Task.sleep(for: pause)
                }
            }
        }
    }
}
