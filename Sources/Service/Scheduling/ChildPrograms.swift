public import Foundation
public import Logging
public import ServiceLifecycle

/// Runs `animematcher` for what the service is asked to do: the same code as by hand, in a process of its own.
public actor ChildPrograms {
    private static let patience: Duration = .seconds(8)

    private let program: URL
    private let environment: [String: String]
    private let log: Logger
    private var running: [String: Process] = [:]

    /// - Parameters:
    ///   - program: `animematcher`.
    ///   - environment: Tells it where the database and the configuration are, besides what this process has.
    public init(program: URL, environment: [String: String], log: Logger) {
        self.program = program
        self.environment = environment
        self.log = log
    }

    /// Starts it and does not wait.
    ///
    /// - Returns: Whether it was started: not where one of that name runs still.
    func start(_ arguments: [String], as name: String) throws -> Bool {
        guard running[name] == nil else { return false }
        let process = process(arguments)
        let log = log
        process.terminationHandler = { [weak self] process in
            log.info("a program ended", metadata: ["program": .string(name), "status": "\(process.terminationStatus)"])
            Task { await self?.ended(name) }
        }
        try process.run()
        running[name] = process
        log.info("a program started", metadata: ["program": .string(name), "pid": "\(process.processIdentifier)"])
        return true
    }

    /// Runs it to its end.
    ///
    /// - Returns: Its exit status.
    func run(_ arguments: [String]) async throws -> Int32 {
        let process = process(arguments)
        process.standardOutput = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }

    /// Asks all to stop and waits until they have.
    func stop() async {
        for process in running.values where process.isRunning { process.terminate() }
        let end = ContinuousClock.now + Self.patience
        while !running.isEmpty, ContinuousClock.now < end {
            await Task.detached { try? await Task.sleep(for: .milliseconds(50)) }.value
        }
        for process in running.values where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    private func ended(_ name: String) { running[name] = nil }

    private func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        return process
    }
}

/// Ends the programs that were started when the service ends.
public struct ChildrenService: ServiceLifecycle.Service {
    private let programs: ChildPrograms

    /// Looks after these.
    public init(_ programs: ChildPrograms) { self.programs = programs }

    /// Waits for shutdown.
    public func run() async throws {
        try? await gracefulShutdown()
        await programs.stop()
    }
}
