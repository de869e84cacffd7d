public import Logging
public import ServiceLifecycle

/// Runs a part of the service and starts it again when it fails, so that no other part ends with it.
public struct SupervisedService: Service {
    private let name: String
    private let health: RoleHealth
    private let log: Logger
    private let reloads: (@Sendable () -> AsyncStream<Void>)?
    private let hasStarted: @Sendable () -> Bool
    private let make: @Sendable () async throws -> any Service
    /// Where it begins.
    var policy = RestartPolicy()

    /// - Parameters:
    ///   - name: Of the part, in the log and in `health`.
    ///   - reloads: Yields when the part is to be made anew, because what it was made of has changed.
    ///   - hasStarted: False while the part has never done its work: a failure then is the operator's to repair, and ends the service.
    ///   - make: Makes the part; called for each start. What it throws is a failure like any other.
    public init(
        _ name: String, health: RoleHealth, log: Logger, reloads: (@Sendable () -> AsyncStream<Void>)? = nil,
        hasStarted: @escaping @Sendable () -> Bool = { true },
        make: @escaping @Sendable () async throws -> any Service
    ) {
        self.name = name
        self.health = health
        self.log = log
        self.reloads = reloads
        self.hasStarted = hasStarted
        self.make = make
    }

    /// Runs until shutdown.
    ///
    /// - Throws: What the part throws before it has started.
    public func run() async throws {
        var policy = policy
        while !Self.isEnding {
            let start = ContinuousClock.now
            var reason = "it ended by itself"
            do {
                health.started(name)
                if try await runOnce() == .reload { continue }
            } catch {
                guard hasStarted() else { throw error }
                reason = "\(error)"
            }
            guard !Self.isEnding else { return }
            let pause = policy.pause(afterRunning: start.duration(to: .now), random: .random(in: 0...1))
            health.failed(name, reason)
            log.error(
                "a part of the service failed and is started again",
                metadata: ["part": .string(name), "reason": .string(reason), "in": "\(pause)"])
            await cancelWhenGracefulShutdown { try? await Task.sleep(for: pause) }
        }
    }

    private static var isEnding: Bool { Task.isCancelled || Task.isShuttingDownGracefully }

    private enum Outcome { case ended, reload }

    /// Runs the part until it ends or is to be made anew.
    ///
    /// The part is not cancelled at shutdown: it ends what is under way itself.
    private func runOnce() async throws -> Outcome {
        guard let reloads else {
            try await make().run()
            return .ended
        }
        // Before the part reads what it is made of, so that no change falls between.
        let changes = reloads()
        let part = try await make()
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask {
                try await part.run()
                return .ended
            }
            group.addTask {
                for await _ in changes { return .reload }
                // The stream ends when this task is cancelled, since the part has ended.
                return .ended
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .ended
        }
    }
}
