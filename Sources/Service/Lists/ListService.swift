public import Logging
public import ServiceLifecycle

/// Hears whose lists are written, so that the others need not be read again for each request.
public struct ListService: Service {
    /// After a failure it is tried again this late; lists are read for each request meanwhile.
    private static let pause: Duration = .seconds(2)
    /// How often it is heard that nothing was written.
    private static let interval: Duration = .milliseconds(250)

    private let lists: KnownLists
    private let log: Logger

    /// Listens for these.
    public init(_ lists: KnownLists, log: Logger) { (self.lists, self.log) = (lists, log) }

    /// Runs until shutdown.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await lists.listen(every: Self.interval) } catch {
                    if !Task.isCancelled {
                        log.warning("lists are read for each request, until it is heard again: \(error)")
                    }
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
