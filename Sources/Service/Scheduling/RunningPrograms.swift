public import Logging
public import ServiceLifecycle

/// The programs that were started and have not ended. At shutdown they are stopped: they outlive the parts of the service that started them,
/// since they bear an outage of the database and those are started anew after a failure.
public actor RunningPrograms: Service {
    private let kind: String
    private let log: Logger
    private var running: [String: ChildProgram] = [:]

    /// - Parameter kind: What they are called in the log, and the field that names them: "fire" for one.
    public init(_ kind: String, log: Logger) {
        self.kind = kind
        self.log = log
    }

    /// Programs that have not ended.
    var count: Int { running.count }

    /// Starts one and does not wait for its end.
    ///
    /// - Returns: Whether it was started: not where one of that name runs still.
    /// - Throws: Why it could not be started.
    func start(_ program: @Sendable () -> ChildProgram, as name: String) async throws -> Bool {
        guard running[name] == nil else { return false }
        let child = program()
        running[name] = child
        do {
            let id = try await child.start()
            log.info("\(kind) started", metadata: [kind: .string(name), "pid": "\(id)"])
        } catch {
            running[name] = nil
            throw error
        }
        Task { await watch(child, name) }
        return true
    }

    /// Waits for shutdown; then all are told to stop and waited for.
    public func run() async throws {
        try? await gracefulShutdown()
        let children = Array(running.values)
        for child in children { child.stop() }
        for child in children { _ = await child.end() }
    }

    private func watch(_ child: ChildProgram, _ name: String) async {
        let end = await child.end()
        log.log(
            level: end.isSuccess ? .info : .warning, "\(kind) ended",
            metadata: end.metadata.merging([kind: .string(name)]) { $1 })
        running[name] = nil
    }
}
