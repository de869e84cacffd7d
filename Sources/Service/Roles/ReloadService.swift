public import ServiceLifecycle
import UnixSignals

/// Reads what comes from files again when they change, and at once on SIGHUP.
public struct ReloadService<Value: Sendable>: Service {
    /// How soon a changed file is noticed.
    private static var interval: Duration { .seconds(2) }

    private let live: LiveValue<Value>

    /// Keeps a value fresh.
    public init(_ live: LiveValue<Value>) { self.live = live }

    /// Runs until shutdown.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await look() }
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) { live.reload(always: true) }
                }
            }
        }
    }

    private func look() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.interval)
            live.reload()
        }
    }
}
